// A piece of a web page or of a word processor's text as light markup. Word, LibreOffice and Google Docs each
// write lists, bold type and notes in their own way; what is no text (styles, images, fields) is left out.

const UNSEEN = new Set(["STYLE", "SCRIPT", "META", "LINK", "TITLE", "XML", "IMG", "OBJECT", "SVG", "TEMPLATE", "BUTTON", "INPUT", "SELECT"]);
const BLOCK = /^(P|DIV|SECTION|ARTICLE|HEADER|FOOTER|MAIN|BLOCKQUOTE|PRE|UL|OL|LI|TABLE|H[1-6]|DL|DT|DD|FIGURE|FORM|CENTER|HR)$/;
const CALL = /^#(?:_ftn|_edn|sdfootnote|sdendnote)(\d+)(?:sym)?$/;
const BACK = /^#(?:_ftnref|_ednref|sdfootnote|sdendnote)(\d+)(?:anc)?$/;
const LINK = /^(https?:|mailto:)/i;
const INDENT = "    ";

const style = (node) => node.getAttribute?.("data-style") ?? "";

// What was pasted as a page of its own, in which nothing runs and nothing is fetched. Styles are kept as data:
// the site's policy forbids them, and a browser would complain of each.
export function parsed(html) {
  const bare = html
    .replace(/<style[\s\S]*?<\/style\s*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/(\s)(style|on\w+)(?=\s*=)/gi, "$1data-$2"));
  return new DOMParser().parseFromString(bare, "text/html").body;
}

// Whether there is anything that words alone would lose.
export const isFormatted = (body) =>
  Boolean(body.querySelector("b, strong, i, em, h1, h2, h3, h4, h5, h6, ul, ol, table, a[href], p + p, [data-style*='mso-'], [data-style*='font-weight'], [data-style*='font-style']"));

export function markupOf(body) {
  const text = blocks(body).join("\n\n");
  return text.replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
}

// The blocks under a node, each as a text; words between blocks are a paragraph.
function blocks(parent) {
  const found = [];
  let line = [];
  let list = []; // Word's list paragraphs, which follow each other
  const endLine = () => {
    const text = tidy(line.join(""));
    if (text) found.push(escaped(text));
    line = [];
  };
  const endList = () => {
    if (list.length) found.push(list.join("\n"));
    list = [];
  };
  for (const node of parent.childNodes) {
    if (node.nodeType === Node.ELEMENT_NODE && isBlock(node)) {
      endLine();
      const item = wordItem(node);
      if (item) list.push(item);
      else if (!(list.length && !node.textContent.trim())) {
        endList();
        found.push(...blockOf(node));
      }
    } else {
      const text = inline(node);
      if (text.trim()) endList();
      line.push(text);
    }
  }
  endLine();
  endList();
  return found;
}

const isBlock = (node) => BLOCK.test(node.tagName) || (!UNSEEN.has(node.tagName) && [...node.children].some(isBlock));

function blockOf(node) {
  const tag = node.tagName;
  if (UNSEEN.has(tag) || tag === "HR") return [];
  if (tag === "UL" || tag === "OL") return [listOf(node, 0)].filter(Boolean);
  if (tag === "TABLE") return [tableOf(node)].filter(Boolean);
  const level = /^H[1-6]$/.test(tag) ? Number(tag[1]) : /\bMso(Title|Subtitle)\b/.test(node.className) ? 1 : 0;
  if (level) {
    const words = oneLine(tidy(inlines(node))).replace(/\*\*/g, "");
    return words ? [`${"#".repeat(Math.min(level + 1, 6))} ${words}`] : [];
  }
  const note = noteOf(node);
  if (note) return [note];
  return blocks(node);
}

// <div id="ftn1"> of Word, <div id="sdfootnote1"> of LibreOffice: the text of a note.
function noteOf(node) {
  const found = /^(?:ftn|edn|sdfootnote|sdendnote)(\d+)$/.exec(node.id ?? "");
  const words = found && oneLine(blocks(node).join(" "));
  return words ? `[^${found[1]}]: ${words}` : "";
}

// Word writes a list as paragraphs that say their level, with the sign as text.
function wordItem(node) {
  const level = /mso-list:\s*\S+\s+level(\d+)/i.exec(style(node));
  if (node.tagName !== "P" || !level) return "";
  const sign = [...node.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(style(span)));
  const mark = /^[\s(]*\w{1,4}[.)]/.test(sign?.textContent ?? "") ? "1. " : "- ";
  sign?.remove();
  const words = oneLine(tidy(inlines(node)));
  return words ? INDENT.repeat(Number(level[1]) - 1) + mark + words : "";
}

// Lists inside lists stand in an item, or, in Google Docs and LibreOffice, beside the items.
function listOf(list, depth) {
  const rows = [];
  let number = 0;
  for (const item of list.children) {
    if (item.tagName === "UL" || item.tagName === "OL") rows.push(listOf(item, depth + 1));
    else if (item.tagName === "LI") {
      const inner = [...item.children].filter((child) => /^(UL|OL)$/.test(child.tagName));
      inner.forEach((child) => child.remove());
      const words = oneLine(blocks(item).join(" "));
      const mark = list.tagName === "OL" ? `${(number += 1)}. ` : "- ";
      if (words) rows.push(INDENT.repeat(depth) + mark + words);
      inner.forEach((child) => rows.push(listOf(child, depth + (words ? 1 : 0))));
    }
  }
  return rows.filter(Boolean).join("\n");
}

// The first row is the heading; a cell over several columns leaves the others empty.
function tableOf(table) {
  const rows = [...table.rows].map((row) =>
    [...row.cells].flatMap((cell) => {
      const words = oneLine(blocks(cell).join(" ")).replaceAll("|", "\\|").replace(/^#+ /, "");
      return [words, ...Array(Math.min(cell.colSpan, 20) - 1).fill("")];
    }),
  );
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (!width || !rows.flat().some(Boolean)) return "";
  const line = (row) => `| ${[...row, ...Array(width - row.length).fill("")].join(" | ")} |`;
  return [line(rows[0]), `|${"---|".repeat(width)}`, ...rows.slice(1).map(line)].join("\n");
}

const inlines = (node) => [...node.childNodes].map(inline).join("");

function inline(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/[\s\u00a0]+/g, " ").replace(/([*_[\]\\`])/g, "\\$1");
  if (node.nodeType !== Node.ELEMENT_NODE || UNSEEN.has(node.tagName) || /display:\s*none/i.test(style(node))) return "";
  if (node.tagName === "BR") return "\n";
  if (node.tagName === "A") return linkOf(node);
  const text = inlines(node);
  const weight = /(?:^|[;\s])font-weight:\s*(\w+)/i.exec(style(node))?.[1] ?? "";
  const isBold = weight ? weight === "bold" || Number(weight) >= 600 : /^(B|STRONG)$/.test(node.tagName);
  const slant = /(?:^|[;\s])font-style:\s*(\w+)/i.exec(style(node))?.[1] ?? "";
  const isItalic = slant ? slant === "italic" : /^(I|EM|CITE)$/.test(node.tagName);
  return around(around(text, isItalic ? "*" : ""), isBold ? "**" : "");
}

function linkOf(node) {
  const href = node.getAttribute("href") ?? "";
  const call = CALL.exec(href);
  if (call) return `[^${call[1]}]`;
  if (BACK.test(href)) return "";
  const text = inlines(node);
  return LINK.test(href) && text.trim() ? around(text, "[", `](${href.replace(/[()\s]/g, encodeURIComponent)})`) : text;
}

// Signs stand against the words, not against the spaces around them.
function around(text, before, after = before) {
  const words = text.trim();
  if (!before || !words) return text;
  const start = text.indexOf(words);
  return text.slice(0, start) + before + words + after + text.slice(start + words.length);
}

// Two bold pieces beside each other are one.
const tidy = (text) => text.replace(/\*\*(\s*)\*\*/g, "$1").replace(/ *\n */g, "\n").replace(/ {2,}/g, " ").trim();
const oneLine = (text) => text.replace(/\s*\n\s*/g, " ").trim();
// A line of words that begins like a heading, a list or a quotation is none.
const escaped = (text) => text.replace(/^(#{1,6} |[-+>] )/gm, "\\$1").replace(/^(\d{1,9})([.)] )/gm, "$1\\$2").replaceAll("\n", "  \n");
