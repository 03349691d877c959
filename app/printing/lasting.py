"""What a sheet lacks when WeasyPrint has written it, to be tagged (PDF/UA-1) and lasting (PDF/A-3u) at once.

WeasyPrint 70 writes one variant: it is asked for PDF/A-3u with tags, and the rest is put in before the file is closed.
Its objects are pydyf's: dictionaries, arrays and streams, which refer to each other by number.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pydyf

# PDF/UA's identifier is no schema that PDF/A knows: it has to be described in the file (ISO 19005-3, 6.6.2.3).
BOTH_PARTS = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
CLOSING = b"</rdf:RDF>"


def say_both_parts(metadata: Any) -> None:
    """Have the metadata of a document name PDF/UA-1 beside the variant that WeasyPrint writes."""
    metadata.generate_rdf_metadata = partial(rdf_of_both, metadata.generate_rdf_metadata)


def rdf_of_both(generate: Any, variant: str, version: int, conformance: str | None) -> bytes:
    rdf: bytes = generate(variant, version, conformance)
    return rdf.replace(CLOSING, BOTH_PARTS + CLOSING)


def finish(_document: object, pdf: Any) -> None:
    """Complete the objects of a sheet; called by WeasyPrint before it writes them."""
    name_attachments_once(pdf)
    headings = [one for one in elements(pdf) if one["S"] == "/TH" and "ID" in one]
    say_scope(pdf, headings)
    list_identifiers(pdf, headings)
    set_margins_apart(pdf)


def name_attachments_once(pdf: Any) -> None:
    if files := pdf.catalog.get("AF"):
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(files))


def elements(pdf: Any) -> Iterator[Any]:
    return (one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/StructElem")


def say_scope(pdf: Any, headings: list[Any]) -> None:
    """Say of each heading cell whether it heads its row or its column: a row's when a cell beside it names it."""
    for heading in headings:
        row = object_at(pdf, heading["P"])
        beside = (object_at(pdf, reference) for reference in row["K"])
        heads_row = any(heading["ID"] in cell.get("A", {}).get("Headers", ()) for cell in beside)
        heading["A"]["Scope"] = "/Row" if heads_row else "/Column"


def list_identifiers(pdf: Any, headings: list[Any]) -> None:
    """The tree of the elements' names, which ISO 32000-1 (14.7.2) asks for where elements have names."""
    named = sorted((text_of(heading["ID"]).encode(), heading) for heading in headings)
    if named:
        names = pydyf.Array([part for _, one in named for part in (one["ID"], one.reference)])
        limits = pydyf.Array([named[0][1]["ID"], named[-1][1]["ID"]])
        leaf = pydyf.Dictionary({"Names": names, "Limits": limits})
        pdf.add_object(leaf)
        object_at(pdf, pdf.catalog["StructTreeRoot"])["IDTree"] = pydyf.Dictionary(
            {"Kids": pydyf.Array([leaf.reference])}
        )


def set_margins_apart(pdf: Any) -> None:
    """Mark what stands in the margins and the watermark as no part of the text: a reader would hear it on each page.

    WeasyPrint leaves their elements out of the tree and their content marked as if it were in it.
    """
    root = object_at(pdf, pdf.catalog["StructTreeRoot"])
    read = reachable(pdf, root)
    nums = object_at(pdf, root["ParentTree"])["Nums"]
    for page, parents in zip(pages(pdf), nums[1::2], strict=False):
        apart = {mcid for mcid, parent in enumerate(parents) if parent not in read}
        mark_as_artifact(object_at(pdf, page["Contents"]).stream, apart)
        for mcid in apart:
            object_at(pdf, parents[mcid]).clear()
            parents[mcid] = "null"
    for one in list(elements(pdf)):
        if one.reference not in read:
            one.clear()


def mark_as_artifact(stream: list[Any], apart: set[int]) -> None:
    for place, part in enumerate(stream):
        if isinstance(part, dict) and part.get("MCID") in apart:
            stream[place - 1] = "/Artifact"
            stream[place] = pydyf.Dictionary({"Type": "/Pagination"})


def reachable(pdf: Any, root: Any) -> set[bytes]:
    """The numbers of the elements that a reader meets, from the root of the tree on."""
    found: set[bytes] = set()
    waiting = list(root["K"])
    while waiting:
        reference = waiting.pop()
        if isinstance(reference, bytes) and reference not in found:
            found.add(reference)
            waiting.extend(object_at(pdf, reference).get("K", ()))
    return found


def pages(pdf: Any) -> list[Any]:
    return [object_at(pdf, reference) for reference in pdf.page_references]


def object_at(pdf: Any, reference: bytes) -> Any:
    """The object that a reference ("12 0 R") names."""
    return pdf.objects[int(reference.split()[0])]


def text_of(string: Any) -> str:
    return str(string.string)
