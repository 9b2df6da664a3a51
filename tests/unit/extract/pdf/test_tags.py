"""Headings that a file tags, read from files whose structure tree is written out by hand."""

from __future__ import annotations

import pytest

from searcher.extract.pdf.readers import pdfium
from searcher.extract.pdf.words import TaggedHeading

LINES = (("H1", "Costs"), ("P", "What the service cost."), ("H2", "Savings"), ("P", "None yet."))


def tagged_pdf(lines: tuple[tuple[str, str], ...], *, padding: int = 0) -> bytes:
    """Return a PDF of one page with ``lines``, each tagged by its type.

    ``padding`` elements without a part on the page stand before them in the tree.
    """
    content = "".join(
        f"/{tag} <</MCID {mark}>> BDC BT /F 12 Tf 72 {700 - 20 * mark} Td ({text}) Tj ET EMC\n"
        for mark, (tag, text) in enumerate(lines)
    )
    empty = ["<</Type/StructElem/S/P/P 8 0 R/K []>>" for _ in range(padding)]
    made = [
        f"<</Type/StructElem/S/{tag}/P 8 0 R/Pg 3 0 R/K {mark}>>"
        for mark, (tag, _) in enumerate(lines)
    ]
    first = 9 + padding
    kids = " ".join(f"{number} 0 R" for number in range(9, first + len(lines)))
    parents = " ".join(f"{number} 0 R" for number in range(first, first + len(lines)))
    page = (
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/StructParents 0"
        "/Resources<</Font<</F 5 0 R>>>>>>"
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        f"<</Length {len(content)}>>stream\n{content}endstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Type/StructTreeRoot/K 8 0 R/ParentTree 7 0 R/ParentTreeNextKey 1>>",
        f"<</Nums[0 [{parents}]]>>",
        f"<</Type/StructElem/S/Document/P 6 0 R/K [{kids}]>>",
        *empty,
        *made,
    ]
    body, places = "%PDF-1.7\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj{text}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


@pytest.mark.parametrize("padding", [0, 500])
def test_tagged_headings_are_read_with_their_levels(padding: int) -> None:
    page = pdfium.read(tagged_pdf(LINES, padding=padding)).pages[0]
    assert page.tagged == (TaggedHeading("Costs", 1), TaggedHeading("Savings", 2))


def test_a_page_without_tagged_headings_has_none() -> None:
    assert pdfium.read(tagged_pdf((("P", "What the service cost."),))).pages[0].tagged == ()


def test_a_tree_that_holds_itself_ends() -> None:
    data = tagged_pdf((*LINES, *[("Sect", "Again")] * 12))
    circular = data.replace(b"/S/Sect/P 8 0 R/Pg 3 0 R/K ", b"/S/Sect/P 8 0 R/K[8 0 R 8 0 R] /X ")
    assert circular != data
    assert len(pdfium.read(circular).pages) == 1
