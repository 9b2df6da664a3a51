"""Laws of sections and passages, over every document an extractor can make."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searcher.document import FURNITURE, BlockKind, Document, SectionKind
from searcher.extract.builder import DocumentBuilder
from searcher.segment.passages import (
    ENOUGH_WORDS,
    MOST_WORDS,
    SHORT_TAIL_WORDS,
    count_words,
    passages,
)
from searcher.segment.sections import section_kind, sections
from tests.strategies import documents

CONCLUSIONS, OTHER = SectionKind.CONCLUSIONS, SectionKind.OTHER
MOST = MOST_WORDS + SHORT_TAIL_WORDS


def paragraphs(*texts: str) -> Document:
    """Return a document of one page with a paragraph for each of ``texts``."""
    builder = DocumentBuilder()
    for text in texts:
        builder.add(BlockKind.PARAGRAPH, text)
    builder.end_page(None, has_ink=True)
    return builder.build(media_type="text/plain", reader="test")


long_documents = st.lists(st.integers(1, 400), min_size=2, max_size=5).map(
    lambda counts: paragraphs(*(words(count, sentence=count % 30) for count in counts))
)


def words(count: int, *, sentence: int = 0) -> str:
    """Return ``count`` words, with a full stop behind every ``sentence``-th."""
    stop = {n for n in range(1, count + 1) if sentence and n % sentence == 0}
    return " ".join(f"word{n}." if n in stop else f"word{n}" for n in range(1, count + 1))


@settings(max_examples=40)
@given(documents(max_pages=3))
def test_sections_tile_the_text(document: Document) -> None:
    end = 0
    for section in sections(document):
        assert section.span.start == end < section.span.end
        end = section.span.end
    assert end == len(document.text)


@settings(max_examples=40)
@given(documents(max_pages=3))
def test_a_section_begins_at_its_heading_and_its_path_ends_with_it(document: Document) -> None:
    by_start = {section.span.start: section for section in sections(document)}
    for page in document.pages:
        for block in page.blocks:
            title = " ".join(block.span.of(document.text).split())
            if block.kind is BlockKind.HEADING and title:
                section = by_start[block.span.start]
                end = title.removeprefix(section.path[-1])
                assert not any(map(str.isalnum, end))
                assert section.level == block.level
                assert (section.page, section.anchor) == (page.number, block.anchor)


@pytest.mark.parametrize(
    ("heading", "name"),
    [("Method.", "Method"), ("Florida –", "Florida"), ("Costs (A):", "Costs (A)")]
    + [(name, name) for name in ("In the U.S.", "Why?", "And so on...", ":", "Co-", "3.")],
)
def test_a_section_is_named_without_the_mark_that_parts_a_heading_from_its_text(
    heading: str, name: str
) -> None:
    builder = DocumentBuilder()
    builder.add(BlockKind.HEADING, heading, level=1)
    builder.add(BlockKind.PARAGRAPH, words(30))
    document = builder.build(media_type="text/plain", reader="test")
    assert [section.path for section in sections(document)] == [(name,)]


@settings(max_examples=40)
@given(documents(max_pages=3) | long_documents)
def test_passages_are_in_order_apart_and_inside_one_section_and_page(document: Document) -> None:
    end = 0
    for passage in passages(document):
        assert end <= passage.span.start < passage.span.end
        assert passage.section.span.holds(passage.span)
        assert passage.page == passage.page_last
        assert document.pages[passage.page - 1].span.holds(passage.span)
        end = passage.span.end


@settings(max_examples=40)
@given(documents(max_pages=3) | long_documents)
def test_every_body_block_is_in_passages_and_furniture_and_contents_in_none(
    document: Document,
) -> None:
    covered: set[int] = set()
    told: set[str] = set()
    for passage in passages(document):
        covered.update(range(passage.span.start, passage.span.end))
        told.update(passage.section.path)
    for page in document.pages:
        for block in page.blocks:
            places = {
                n for n in range(block.span.start, block.span.end) if not document.text[n].isspace()
            }
            heading = " ".join(block.span.of(document.text).split())
            if block.kind in FURNITURE | {BlockKind.TOC}:
                assert places.isdisjoint(covered)
            elif block.kind is not BlockKind.HEADING or heading not in told:
                assert places <= covered


@given(
    st.lists(st.tuples(st.integers(1, 700), st.sampled_from([0, 1, 7, 260])), max_size=6)
    .map(lambda shapes: paragraphs(*(words(n, sentence=s) for n, s in shapes)))
)  # fmt: skip
@example(paragraphs(words(5000)))
@example(paragraphs(words(130), words(5000), words(39)))
def test_no_passage_is_much_longer_than_the_limit(document: Document) -> None:
    for passage in passages(document):
        assert count_words(passage.span.of(document.text)) <= MOST


def test_a_block_without_a_sentence_end_is_cut_between_words() -> None:
    document = paragraphs(words(1010))
    texts = [passage.span.of(document.text) for passage in passages(document)]
    assert [count_words(text) for text in texts] == [250, 250, 250, 260]
    assert " ".join(" ".join(texts).split()) == words(1010)


def test_a_long_block_is_cut_at_sentence_ends_where_it_has_them() -> None:
    document = paragraphs(words(1000, sentence=20))
    texts = [passage.span.of(document.text) for passage in passages(document)]
    assert len(texts) == 5
    assert all(text.rstrip().endswith(".") for text in texts)


@pytest.mark.parametrize(("tail", "count"), [(SHORT_TAIL_WORDS - 1, 1), (SHORT_TAIL_WORDS, 2)])
def test_a_short_tail_joins_what_is_before_it(tail: int, count: int) -> None:
    assert len(passages(paragraphs(words(200), words(tail)))) == count


def test_paragraphs_join_until_a_passage_has_enough() -> None:
    document = paragraphs(*[words(50)] * 6)
    sizes = [count_words(passage.span.of(document.text)) for passage in passages(document)]
    assert sizes == [150, 150]
    assert min(sizes) >= ENOUGH_WORDS


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ((), SectionKind.FRONT),
        (("Executive summary",), SectionKind.SUMMARY),
        (("3.2 Methodology",), SectionKind.METHOD),
        (("Chapter 4: Key findings",), SectionKind.SUMMARY),
        (("Findings", "Costs and benefits"), SectionKind.FINDINGS),
        (("Recommendations", "For local authorities"), SectionKind.RECOMMENDATIONS),
        (("Appendix A", "Sampling"), SectionKind.ANNEX),
        (("References",), SectionKind.REFERENCES),
        (("About this report",), SectionKind.BACKGROUND),
        (("What needs to improve",), SectionKind.RECOMMENDATIONS),
        (("Objectives, Scope, and Methodology",), SectionKind.METHOD),
        (("Results in Brief",), SectionKind.SUMMARY),
        (("What GAO Found",), SectionKind.FINDINGS),
        (("Glossary of terms",), SectionKind.ANNEX),
        (("Lessons learned",), SectionKind.CONCLUSIONS),
        (("6 Conclusion: what families can expect of the services in years to come",), CONCLUSIONS),
        (("Ensure that the cost-sharing practices of all states comply with requirements",), OTHER),
        (("Agencies of twelve states carried out the background checks that the law asks",), OTHER),
        (("Something else",), SectionKind.OTHER),
    ],
)
def test_a_section_plays_the_part_its_own_heading_says_else_the_one_above(
    path: tuple[str, ...], kind: SectionKind
) -> None:
    assert section_kind(path) is kind


def page_of(*blocks: tuple[BlockKind, str]) -> Document:
    """Return a document of one page with ``blocks``."""
    builder = DocumentBuilder()
    for kind, text in blocks:
        builder.add(kind, text)
    builder.end_page(None, has_ink=True)
    return builder.build(media_type="text/plain", reader="test")


def test_a_list_stays_with_the_line_that_leads_to_it() -> None:
    items = [(BlockKind.LIST_ITEM, words(20)) for _ in range(4)]
    lead_in = (BlockKind.PARAGRAPH, "The partners agreed to do the following:")
    document = page_of((BlockKind.PARAGRAPH, words(110)), lead_in, *items)
    texts = [passage.span.of(document.text) for passage in passages(document)]
    assert [count_words(text) for text in texts] == [197]


def test_a_list_that_does_not_fit_behind_a_passage_begins_the_next_with_its_lead_in() -> None:
    items = [(BlockKind.LIST_ITEM, words(50)) for _ in range(4)]
    lead_in = (BlockKind.PARAGRAPH, "The partners agreed to do the following:")
    document = page_of((BlockKind.PARAGRAPH, words(110)), lead_in, *items)
    texts = [passage.span.of(document.text) for passage in passages(document)]
    assert [count_words(text) for text in texts] == [110, 207]
    assert texts[1].startswith("The partners agreed")


def test_a_table_that_is_too_long_is_cut_at_its_rows() -> None:
    rows = [f"Row {n}. of the table | {words(20)}" for n in range(30)]
    document = page_of((BlockKind.TABLE, "\n".join(rows)))
    texts = [passage.span.of(document.text).strip() for passage in passages(document)]
    assert len(texts) > 1
    assert [row for text in texts for row in text.split("\n")] == rows
