"""PDF/A and PDF/UA in one file: WeasyPrint writes the metadata of one of them only."""

from importlib.resources import files
from io import BytesIO
from typing import Any

from weasyprint.css import ColorProfile

OUTPUT_INTENT = "sRGB"  # the name of WeasyPrint's own would have it read the file without closing it

# ISO 14289-1 §5, with the extension schema that PDF/A asks for (ISO 19005-3 §6.6.2.3) before it lets
# a name stand that its own list does not know.
BOTH = b"""<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""\
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""\
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"\
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
END = b"</rdf:RDF>"


def srgb() -> ColorProfile:
    """The colours that are meant, as the International Color Consortium gives them: WeasyPrint brings it."""
    profile = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
    return ColorProfile(BytesIO(profile), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


def say_both(pdf: Any) -> None:
    """Say in the metadata that the file keeps to PDF/UA-1 as well."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    [content] = metadata.stream
    metadata.stream = [content.replace(END, BOTH + END)]
