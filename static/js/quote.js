// Words that are marked in a text become the words that a comment is about. Without this script they are
// copied by hand.

const LONGEST = 300;

function marked(source) {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return "";
  const range = selection.getRangeAt(0);
  if (!source.contains(range.commonAncestorContainer)) return "";
  return selection.toString().replace(/\s+/g, " ").trim().slice(0, LONGEST);
}

const source = document.querySelector("[data-quote-source]");
if (source) {
  const field = document.querySelector("[data-quote-field]");
  const link = document.querySelector("a[data-quote-link]");
  document.addEventListener("selectionchange", () => {
    const words = marked(source);
    if (!words) return;
    if (field) field.value = words;
    if (link) {
      const address = new URL(link.href);
      address.searchParams.set("quote", words);
      link.href = address.href;
    }
  });
}
