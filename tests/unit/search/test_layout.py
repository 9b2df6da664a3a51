from __future__ import annotations

from dataclasses import replace

from searcher.document import Block, BlockKind, Span
from searcher.results.layout import LaidBlock, PageLayout
from searcher.results.report import PageText
from searcher.search.layout import is_as_ingested

INGESTED = PageText(
    "r", 1, "1", "Findings\nFewer moved.",
    ((Block(BlockKind.HEADING, Span(0, 8), 1), "Findings"),
     (Block(BlockKind.PARAGRAPH, Span(9, 21)), "Fewer moved.")),
    "test",
)  # fmt: skip
NOW = PageLayout(
    "r", 1, "1", 595.0, 842.0, "test", 1,
    (LaidBlock(BlockKind.HEADING, 1, "Findings", ((72.0, 72.0, 200.0, 90.0),)),
     LaidBlock(BlockKind.PARAGRAPH, None, "Fewer moved.")),
)  # fmt: skip


def test_a_page_is_as_ingested_if_its_blocks_are_wherever_they_stand() -> None:
    assert is_as_ingested(NOW, INGESTED)


def test_a_block_of_another_kind_level_or_text_is_not_what_was_ingested() -> None:
    heading, paragraph = NOW.blocks
    for other in (
        replace(heading, kind=BlockKind.TITLE), replace(heading, level=2),
        replace(heading, text="Finding"),
    ):  # fmt: skip
        assert not is_as_ingested(replace(NOW, blocks=(other, paragraph)), INGESTED)
    assert not is_as_ingested(replace(NOW, blocks=(paragraph, heading)), INGESTED)
    assert not is_as_ingested(replace(NOW, blocks=(heading,)), INGESTED)
