"""Laws of headings: which blocks they are, by the file's own lists and by how they are set."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.document import BlockKind
from searcher.extract.pdf.blocks.drafts import Draft
from searcher.extract.pdf.blocks.fitted import fitted
from searcher.extract.pdf.blocks.lines import line_of, segment_of
from searcher.extract.pdf.headings.heading_text import could_be_heading, forms, squeeze
from searcher.extract.pdf.headings.levels import DEEPEST, Told, levels_of
from searcher.extract.pdf.headings.mark import FileLists, mark_headings
from searcher.extract.pdf.words import Bookmark, Panel, TaggedHeading, Word

BODY = 11.0
PROSE = "The evaluation followed families for twelve months and compared what happened to them."
PLACES = st.tuples(st.integers(1, 4), st.integers(0, 5))
STYLES = st.dictionaries(PLACES, st.tuples(st.sampled_from([11.0, 14.0, 18.0]), st.booleans()))


def block(*lines: str, y: float = 100.0, size: float = BODY, bold: bool = False) -> Draft:
    """Return a paragraph of ``lines`` from the baseline ``y`` on."""
    made = []
    for number, text in enumerate(lines):
        base, x = y + 14 * number, 72.0
        words = []
        for word in text.split():
            width = 0.5 * size * len(word)
            words.append(Word(word, x, base - size, x + width, base, base, size, bold, "Sans"))
            x += width + 0.25 * size
        made.append(line_of([segment_of(words)]))
    return Draft(BlockKind.PARAGRAPH, tuple(made), " ".join(lines))


def prose(y: float = 300.0) -> Draft:
    return block(PROSE, PROSE, PROSE, y=y)


def contents(*entries: str) -> Draft:
    lines = block(*entries).lines
    return Draft(BlockKind.TOC, lines, "\n".join(entries))


def headings(*sheets: tuple[Draft, ...], lists: FileLists | None = None) -> dict[str, int | None]:
    """Return the level of each heading on ``sheets``, which come after one of prose."""
    marked = mark_headings([(prose(),), *sheets], BODY, lists or FileLists())
    return {
        draft.text: draft.level
        for drafts in marked
        for draft in drafts
        if draft.kind is BlockKind.HEADING
    }


def test_a_line_of_the_outline_is_a_heading_even_in_the_letters_of_the_body() -> None:
    outline = (Bookmark("Costs", 1, 2), Bookmark("Savings", 2, 2), Bookmark("Method", 1, 3))
    sheets = ((block("Costs"), prose(), block("Savings", y=400), prose(420)), (block("Method"),))
    found = headings(*sheets, lists=FileLists(outline))
    assert found == {"Costs": 1, "Savings": 2, "Method": 1}


def test_a_line_of_the_contents_is_a_heading_on_the_page_they_give() -> None:
    listed = contents("Costs 7", "Savings 9")
    sheets = ((listed,), (block("Costs"), prose()), (block("Costs"), prose()))
    labels = (None, None, "7", "8")
    marked = mark_headings([(prose(),), *sheets], BODY, FileLists(labels=labels))
    assert [page[0].kind for page in marked[2:]] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_an_item_that_a_scan_sets_larger_than_those_beside_it_is_no_heading() -> None:
    items = [block(f"{number}) Patient safety", y=100 + 20 * number) for number in (1, 3)]
    first, last = (Draft(BlockKind.LIST_ITEM, item.lines, item.text) for item in items)
    larger = block("2) Quality of data", y=140, size=16)
    assert headings((first, larger, last, prose())) == {}
    bullet = Draft(BlockKind.LIST_ITEM, first.lines, "Patient safety")
    assert list(headings((prose(), bullet, larger, bullet))) == [larger.text]


@pytest.mark.parametrize("role", ["Chief Inspector", "Department for Education"])
def test_a_name_that_signs_a_foreword_is_no_heading(role: str) -> None:
    name, below = block("Ann Example", y=400, bold=True), block(role, y=430)
    assert headings((prose(), name, below)) == {}
    after = block("Introduction", y=460, size=16), prose(480)
    assert list(headings((prose(), name, below, *after))) == ["Introduction"]


def test_a_name_over_what_somebody_did_is_a_heading() -> None:
    name, below = block("Ann Example", y=400, bold=True), block("Chief Inspector", y=430)
    assert list(headings((prose(), name, below, prose(460)))) == ["Ann Example"]
    assert list(headings((prose(), name, prose(430)))) == ["Ann Example"]


def test_what_an_outline_leaves_out_stands_below_what_it_names_in_that_style() -> None:
    names = ("Summary", "Method", "Findings", "Costs", "Next steps")
    outline = tuple(Bookmark(name, 1, number) for number, name in enumerate(names, start=2))
    sheets: list[tuple[Draft, ...]] = [(block(name, size=16, bold=True), prose()) for name in names]
    sheets[2] += (block("A family's story", y=500, size=16, bold=True), prose(520))
    found = headings(*sheets, lists=FileLists(outline))
    assert found == {**dict.fromkeys(names, 1), "A family's story": 2}


def test_the_heading_of_a_box_is_no_section_of_the_report() -> None:
    box = Panel(60, 380, 560, 500)
    sheet = (block("Findings", size=16), prose(200), block("A box", y=400, size=16), prose(420))
    found = headings(sheet, lists=FileLists(panels=((), (box,))))
    assert found == {"Findings": 1, "A box": 3}


def test_a_coloured_band_behind_a_heading_is_no_box() -> None:
    band = Panel(60, 80, 560, 110)
    sheet = (block("Findings", size=16), prose(200))
    assert headings(sheet, lists=FileLists(panels=((), (band,)))) == {"Findings": 1}


def test_numbers_tell_levels_where_the_letters_do_not() -> None:
    texts = ("1 Costs", "1.1 Staff", "1.2 Rent", "2 Savings", "2.1 Care", "2.2 Police")
    blocks = [part for text in texts for part in (block(text, bold=True), prose())]
    assert headings(tuple(blocks)) == {text: 1 + ("." in text) for text in texts}


def test_the_title_of_the_contents_is_no_heading() -> None:
    sheet = (block("Contents", size=16, bold=True), contents("Costs 7", "Savings 9", "Care 11"))
    assert headings(sheet) == {}


def test_the_title_is_no_heading_where_it_is_printed_again() -> None:
    cover = (block("Family Safeguarding in Easterby", size=28, bold=True),)
    half = (block("Family Safeguarding in Easterby", size=20, bold=True),)
    marked = mark_headings([cover, half, (block("Costs", size=16), prose())], BODY, FileLists())
    assert [page[0].kind for page in marked] == [
        BlockKind.TITLE,
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
    ]


def test_tags_that_rank_small_letters_above_large_ones_tell_no_levels() -> None:
    texts = [(f"Large {n}", 16.0) for n in "abcd"] + [(f"Small {n}", 13.0) for n in "abcd"]
    blocks = [part for text, size in texts for part in (block(text, size=size), prose())]
    tags = tuple(TaggedHeading(text, 3 if size > 14 else 2) for text, size in texts)
    found = headings(tuple(blocks), lists=FileLists(tags=((), tags)))
    assert found == {text: 1 if size > 14 else 2 for text, size in texts}


def test_a_lead_in_that_a_list_names_is_no_heading() -> None:
    lead_in = "The department agreed with us and said that it would:"
    outline = (Bookmark(lead_in, 1, 2), Bookmark("Costs", 1, 2))
    assert headings((block(lead_in), block("Costs", y=400)), lists=FileLists(outline)) == {
        "Costs": 1
    }


@pytest.mark.parametrize(
    "text",
    [
        "Source: Department for Education, 2019",
        "“I would not have known where to turn without them",
        "This page is intentionally left blank",
        "https://www.gov.uk/government/publications",
        "£3.2bn",
        "4 in 10 families",
        "73% of schools",
        "2016-17 to 2020-21",
    ],
)
def test_notes_quotations_and_addresses_are_no_headings_however_large(text: str) -> None:
    assert not could_be_heading(block(text, size=20, bold=True))


@pytest.mark.parametrize("text", ["3.2.1 UK", "2 Costs", "COVID-19", "Phase 1", "Part Two: 2019"])
def test_a_number_before_a_name_is_no_figure(text: str) -> None:
    assert could_be_heading(block(text, size=20, bold=True))


def test_a_heading_that_goes_on_in_small_letters_below_is_one() -> None:
    first = block("What workers and families", size=16, bold=True)
    second = block("said of the first year", y=126, size=16, bold=True)
    assert list(headings((first, second, prose()))) == [
        "What workers and families said of the first year"
    ]


def test_a_label_in_words_is_joined_to_its_heading() -> None:
    sheet = (block("Part Two", size=20), block("Costs", y=130, size=20), prose())
    assert list(headings(sheet)) == ["Part Two Costs"]


def test_a_heading_that_lost_its_ligatures_meets_its_line_in_the_outline() -> None:
    assert set(forms("Defning confdential eforts")) & set(forms("Defining confidential efforts"))


@given(
    st.lists(st.lists(st.sampled_from(["Costs", "of the", "study", "1.2"]), min_size=1)), st.data()
)
def test_fitting_blocks_to_names_loses_nothing(lines: list[list[str]], data: st.DataObject) -> None:
    drafts = [block(*some) for some in lines]
    texts = [squeeze(draft.text) for draft in drafts]
    cuts = st.tuples(st.integers(0, 20), st.integers(0, 40))
    whole = "".join(texts)
    names = {whole[a:b] for a, b in data.draw(st.lists(cuts))} - {""}
    made = fitted(drafts, names)
    assert squeeze(" ".join(draft.text for draft in made)) == whole
    assert [line for draft in made for line in draft.lines] == [
        line for draft in drafts for line in draft.lines
    ]


@given(STYLES, st.data())
def test_every_heading_has_a_level(
    styles: dict[tuple[int, int], tuple[float, bool]], data: st.DataObject
) -> None:
    lists = st.lists(
        st.dictionaries(st.sampled_from(sorted(styles)), st.integers(0, 6)), max_size=3
    )
    told = [Told(levels, is_trusted=True) for levels in (data.draw(lists) if styles else [])]
    levels = levels_of(styles, told)
    assert levels.keys() == styles.keys()
    assert all(1 <= level <= DEEPEST for level in levels.values())
