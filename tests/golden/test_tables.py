"""Every table of the bundled reports is one block, with the rows and cells its author wrote.

A table that goes on overleaf is a block on each sheet where three rows of it stand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from searcher.document import BlockKind, Document
from searcher.extract.html import HtmlExtractor
from searcher.extract.pdf import PdfExtractor

ROOT = Path(__file__).parent.parent.parent
GOLDEN = json.loads((ROOT / "tests" / "data" / "golden.json").read_bytes())
TABLED = [report for report in GOLDEN["reports"] if "tables" in report]
CASES = [
    pytest.param(report, reader, id=f"{report['file']}-{reader}")
    for report in TABLED
    for reader in (("pdfium", "pdfminer") if report["file"].endswith(".pdf") else ("html",))
]


def read(file: str, reader: str) -> Document:
    data = (ROOT / "corpus" / "reports" / file).read_bytes()
    return (
        HtmlExtractor().extract(data)
        if reader == "html"
        else PdfExtractor(reader=reader).extract(data)
    )


@pytest.mark.parametrize(("expected", "reader"), CASES)
def test_a_table_is_one_block_of_its_rows_and_cells(expected: dict[str, Any], reader: str) -> None:
    document = read(expected["file"], reader)
    found = [
        (
            page.number if document.paged else None,
            [row.split(" | ") for row in block.span.of(document.text).split("\n")],
        )
        for page in document.pages
        for block in page.blocks
        if block.kind is BlockKind.TABLE
    ]
    assert found == [(table["page"], table["rows"]) for table in expected["tables"]]
