"""The style sheet of WeasyPrint without the parts that no element of ours has."""

import subprocess
import sys

import pymupdf
from weasyprint import HTML
from weasyprint import html as weasyprint_html

from core.pdf import VARIANT
from core.pdf import page as pages
from core.pdf.page import OF_ALL, OWNERS, Page, narrowed

BODY = """<h1>One</h1><ul><li>a<li>b<ul><li>c</ul></ul><ol><li>d<li>e</ol>
<p>Words<span class="footnote">A note.</span> and more<span class="footnote">Another.</span></p>
<table><tr><th scope="col">F</th></tr><tr><td>g</td></tr></table><blockquote><p>h</p></blockquote>"""
DOCUMENT = (
    '<!doctype html><html lang="en"><head><title>T</title>'
    "<style>body { font-family: 'Noto Sans' } .footnote { float: footnote }</style></head>"
    f"<body>{BODY}</body></html>"
)


def test_narrowed_gives_the_parts_of_every_element_to_their_owners():
    """Fails when another version of WeasyPrint writes them in another way."""
    assert set(OWNERS) < {rule[1] for rule in OF_ALL.finditer(weasyprint_html.UA)}
    style = narrowed(weasyprint_html.UA)
    assert not OF_ALL.search(style)
    for part, owner in OWNERS.items():
        assert f"\n{owner}::{part} {{" in style


def test_page_draws_markers_and_notes_as_weasyprint_alone_does():
    ours = Page(string=DOCUMENT).write_pdf(pdf_variant=VARIANT)
    assert ours == HTML(string=DOCUMENT).write_pdf(pdf_variant=VARIANT)
    with pymupdf.open(stream=ours) as document:
        words = document[0].get_text().split()
    assert {"•", "1.", "2.", "note."} <= {*words}


def test_page_takes_less_memory_than_weasyprint_alone():
    """The whole reason of core/pdf/page.py: in processes of their own, as the peak never falls."""
    script = (
        "import sys\n"
        "from core.pdf.child import most_held\n"
        "from core.pdf.page import Page\n"
        "from weasyprint import HTML\n"
        "kind = Page if sys.argv[1] == 'ours' else HTML\n"
        "row = '<tr>' + '<td>words</td>' * 4 + '</tr>'\n"
        "kind(string='<table>' + row * 600 + '</table>').render()\n"
        "print(most_held())\n"
    )

    def peak(whose):
        said = subprocess.run(
            [sys.executable, "-c", script, whose], capture_output=True, check=True, text=True
        )
        return int(said.stdout)

    assert peak("ours") < peak("bare") - 10


def test_page_begins_a_list_where_it_is_said_to():
    drawn = Page(string='<ol start="3"><li>a<li>b</ol><ol><li>c</ol><ol start="x"><li>d</ol>').write_pdf()
    with pymupdf.open(stream=drawn) as document:
        words = document[0].get_text().split()
    assert sorted(word for word in words if word[0].isdigit()) == ["1.", "1.", "3.", "4."]


def test_page_reads_its_style_sheet_without_a_warning(caplog):
    """The log of each process that draws would begin with counters that WeasyPrint has twice."""
    pages._usual_look.cache_clear()
    Page(string=DOCUMENT)._ua_stylesheets()
    assert not caplog.records
