"""Laws of run-in headings: words set apart at the beginning of paragraphs that they name."""

from __future__ import annotations

import pytest

from searcher.document import BlockKind
from searcher.extract.pdf.blocks.drafts import Draft
from searcher.extract.pdf.blocks.lines import line_of, segment_of
from searcher.extract.pdf.headings.run_in import with_run_ins
from searcher.extract.pdf.words import Word

SIZE = 11.0
IN_A_LINE = 12  # words
TEXT = (
    "The evaluation followed families for twelve months after the programme began and compared "
    "what happened to them with what happened to families in the neighbouring area who were "
    "offered the usual services instead of it"
)
LONG = "A name so long that it goes on in the next line of its paragraph, which only then begins."
NAMES = ("Method.", "Costs and savings.", "What families said.")


def opening(lead: str, rest: str = TEXT, *, font: str = "Sans-Bold", y: float = 100.0) -> Draft:
    """Return a paragraph that begins with ``lead``, set in ``font``, on the baseline ``y``."""
    told = [(word, font) for word in lead.split()] + [(word, "Sans") for word in rest.split()]
    lines = []
    for row, start in enumerate(range(0, len(told), IN_A_LINE)):
        x, base, words = 72.0, y + 14 * row, []
        for word, name in told[start : start + IN_A_LINE]:
            end, is_bold = x + 5 * len(word), "Bold" in name
            words.append(Word(word, x, base - SIZE, end, base, base, SIZE, is_bold, name))
            x = end + 3
        lines.append(line_of([segment_of(words)]))
    return Draft(BlockKind.PARAGRAPH, tuple(lines), f"{lead} {rest}".strip())


def heading(text: str, level: int = 1, *, y: float = 50.0) -> Draft:
    made = opening(text, "", y=y)
    return Draft(BlockKind.HEADING, made.lines, text, level)


def found(*drafts: Draft) -> dict[str, int | None]:
    """Return the level of each heading on a sheet of ``drafts``."""
    (marked,) = with_run_ins([drafts])
    return {draft.text: draft.level for draft in marked if draft.kind is BlockKind.HEADING}


@pytest.mark.parametrize("font", ["Sans-Bold", "Sans-Italic", "Sans-BoldOblique"])
@pytest.mark.parametrize("end", [".", ":", " –", "?"])
def test_words_set_apart_that_several_paragraphs_begin_with_are_headings(
    font: str, end: str
) -> None:
    names = [name.rstrip(".") + end for name in NAMES]
    assert list(found(*(opening(name, font=font) for name in names))) == names


def test_no_word_is_lost_or_moved_where_a_heading_is_cut_off() -> None:
    drafts = [opening(name) for name in (*NAMES, LONG)]
    (marked,) = with_run_ins([drafts])
    assert len(marked) == 2 * len(drafts)
    assert " ".join(draft.text for draft in marked) == " ".join(draft.text for draft in drafts)
    for draft in marked:
        words = [w.text for line in draft.lines for part in line.segments for w in part.words]
        assert " ".join(words) == draft.text


def test_a_word_divided_at_a_lines_end_is_whole_in_the_heading() -> None:
    drafts = [opening(name) for name in NAMES]
    broken = opening("Phases of imple- mentation.")
    drafts.append(Draft(broken.kind, broken.lines, broken.text.replace("- ", "", 1)))
    assert "Phases of implementation." in found(*drafts)


def test_what_two_paragraphs_begin_with_is_emphasis() -> None:
    assert found(*map(opening, NAMES[:2])) == {}


def test_bold_words_that_a_sentence_goes_on_from_are_emphasis() -> None:
    assert found(*(opening(name.rstrip("."), "was told of " + TEXT) for name in NAMES)) == {}
    assert found(*(opening(name, "was told of " + TEXT) for name in NAMES)) == {}


def test_a_glossary_and_the_fields_of_a_form_are_no_headings() -> None:
    meaning = "the people who give money to a programme and ask how it went"
    assert found(*(opening(f"{word}:", meaning) for word in ("Funder", "Donor", "Giver"))) == {}
    assert found(*(opening(f"{word}:", "Leeds") for word in ("Area", "Office", "Address"))) == {}


def test_who_speaks_in_a_conversation_is_no_heading() -> None:
    assert found(*(opening(name) for name in ("Interviewer:", "Mother:") * 3)) == {}


def test_items_told_apart_by_number_alone_are_no_headings() -> None:
    assert found(*(opening(f"Rec. {number}:") for number in ("2-1", "2-2", "2-3"))) == {}


@pytest.mark.parametrize("lead", ["Source:", "Note:", "1. Privacy.", "Table 3.", "and more."])
def test_notes_items_captions_and_words_run_over_are_no_headings(lead: str) -> None:
    kind = BlockKind.CAPTION if lead == "Table 3." else BlockKind.PARAGRAPH
    made = opening(lead)
    assert lead not in found(*map(opening, NAMES), Draft(kind, made.lines, made.text))


def test_what_stands_on_a_sheet_of_contents_is_no_heading() -> None:
    contents = opening("Summary 4", "")
    assert found(Draft(BlockKind.TOC, contents.lines, "Summary 4"), *map(opening, NAMES)) == {}


def test_a_run_in_heading_stands_below_the_heading_above_it() -> None:
    levels = found(heading("Findings", 4), *map(opening, NAMES))
    assert levels == {"Findings": 4} | dict.fromkeys(NAMES, 5)


def test_a_run_in_heading_is_none_that_contents_list() -> None:
    assert found(heading("Findings", 1), *map(opening, NAMES))["Method."] == 3


def test_italic_names_stand_below_bold_ones() -> None:
    drafts = [heading("Findings", 2), opening("Costs.")]
    drafts += [opening(name, font="Sans-Italic") for name in ("Staff.", "Rooms.", "Travel.")]
    drafts += [opening("Savings."), opening("Method.")]
    levels = found(*drafts)
    assert [levels[name] for name in ("Costs.", "Staff.", "Savings.")] == [3, 4, 3]


def test_the_first_line_of_a_long_name_is_part_of_it() -> None:
    start = "Payments considerably exceeding everything that had been agreed on between families"
    drafts = [*map(opening, NAMES), heading(start, 4, y=86), opening("Their Causes.")]
    assert found(*drafts) == dict.fromkeys((*NAMES, f"{start} Their Causes."), 1)


def test_a_short_heading_close_above_is_a_heading_of_its_own() -> None:
    levels = found(*map(opening, NAMES), heading("Payments", 4, y=86), opening("Causes."))
    assert (levels["Payments"], levels["Causes."]) == (4, 5)


def test_the_first_line_of_a_paragraph_is_no_heading_for_the_larger_name_in_it() -> None:
    line = opening("Causes.", "They were many and", y=86)
    parted = Draft(BlockKind.HEADING, line.lines, line.text, 2)
    levels = found(*map(opening, NAMES), parted, opening("", f"so were the effects. {TEXT}"))
    assert list(levels) == [*NAMES, "Causes."]
