"""What can be checked of PDF/A-3a without a validator of it."""

import io
import re
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from core.pdf import render_pdf
from tests.pdf_checks import assert_accessible

HTML = """<!doctype html><html lang="en"><head><title>Kept</title>
<style>body { font-family: "Noto Sans"; color: #123; background: #eef }</style></head>
<body><h1>Kept for ever</h1><p>Ђорђе, հայերեն, ქართული, नेपाली, العربية</p>
<p><a href="https://example.org/">link</a></p></body></html>"""
XMP = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}


@pytest.fixture(scope="module")
def kept():
    return render_pdf(HTML, archival=True).content


def test_archival_says_both_standards_in_one_piece_of_metadata(kept):
    metadata = PdfReader(io.BytesIO(kept)).trailer["/Root"]["/Metadata"].get_data()
    xml = ElementTree.fromstring(re.search(rb"<x:xmpmeta.*</x:xmpmeta>", metadata, re.DOTALL)[0])  # noqa: S314
    assert len(xml.findall("rdf:RDF", XMP)) == 1
    said = {key: value for each in xml.iter() for key, value in each.attrib.items()}
    assert said[f"{{{XMP['pdfaid']}}}part"] == "3"
    assert said[f"{{{XMP['pdfaid']}}}conformance"] == "A"
    assert said[f"{{{XMP['pdfuaid']}}}part"] == "1"
    assert b"pdfaExtension:schemas" in metadata


def test_archival_has_srgb_inside_and_an_identifier(kept):
    reader = PdfReader(io.BytesIO(kept))
    [intent] = reader.trailer["/Root"]["/OutputIntents"]
    intent = intent.get_object()
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_object().get_data()[36:40] == b"acsp"
    assert len(reader.trailer["/ID"]) == 2
    assert "/Encrypt" not in reader.trailer


def test_archival_has_every_font_inside_and_nothing_that_runs(kept):
    reader = PdfReader(io.BytesIO(kept))
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert len(fonts) >= 4
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        assert re.match(r"/[A-Z]{6}\+", font["/BaseFont"])  # only the letters that are used
    assert b"/JavaScript" not in kept
    assert all(each.get_object()["/F"] & 4 for each in reader.pages[0]["/Annots"])


def test_archival_is_accessible_and_the_same_each_time(kept):
    assert_accessible(kept)
    assert render_pdf(HTML, archival=True).content == kept
    assert render_pdf(HTML).content != kept
