"""What may reach a terminal, and how it is dressed."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.cli.render import csv_rows, json_lines, snippet, table
from searcher.cli.render.terminal import Style, clean, columns, one_line, shorten, wants_color
from searcher.document import SectionKind, Span
from searcher.results.answer import Snippet
from searcher.results.report import PassageRef

STEERING = [
    "\x1b[2J", "\x1b[31m", "\x1b]0;title\x07", "\x1b]8;;http://x\x1b\\", "\x9b1m", "\x07", "\x08",
    "\r", "\x00", "\x7f", "\x85", "\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\u2028",
    "\x1bP1$r\x1b\\", "\x1bc", "\U000e0041",
]  # fmt: skip
wild = st.lists(st.text(max_size=8) | st.sampled_from(STEERING), max_size=8).map("".join)
words = st.text(alphabet=st.characters(exclude_categories=["Cc", "Cf", "Cs"]), max_size=60)


def is_safe(text: str) -> bool:
    return all(
        character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}
        for character in text
    )


@given(wild)
def test_what_is_clean_holds_nothing_that_steers_or_hides(text: str) -> None:
    assert is_safe(clean(text))


@given(wild)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(words)
def test_cleaning_leaves_ordinary_text_alone(text: str) -> None:
    plain = text.replace("\u2028", "").replace("\u2029", "")
    assert clean(plain) == plain


@pytest.mark.parametrize("sequence", STEERING)
def test_no_trace_of_an_escape_sequence_stays(sequence: str) -> None:
    assert clean(f"care{sequence}leavers").replace("\n", "") == "careleavers"


def test_half_a_surrogate_pair_can_be_printed() -> None:
    clean("b\udce9.pdf").encode()
    assert json.loads(json_lines.line("b\udce9.pdf")) == "b\udce9.pdf"


@given(wild)
def test_one_line_is_one_line(text: str) -> None:
    assert "\n" not in one_line(text)
    assert is_safe(one_line(text))


@given(wild)
def test_json_keeps_the_value_and_steers_nothing(text: str) -> None:
    printed = json_lines.line({"text": text})
    assert json.loads(printed) == {"text": text}
    assert is_safe(printed)
    assert "\n" not in printed
    assert json.loads(json_lines.document({"text": text})) == {"text": text}


@given(st.lists(st.tuples(words, words, st.integers() | st.none()), max_size=4))
def test_csv_reads_back_what_was_written(rows: list[tuple[str, str, int | None]]) -> None:
    printed = "\n".join(csv_rows.lines(("a", "b", "c"), rows))
    read = list(csv.reader(io.StringIO(printed)))
    assert read[0] == ["a", "b", "c"]
    told = [[one_line(a), one_line(b), "" if c is None else str(c)] for a, b, c in rows]
    assert read[1:] == told


@given(words, st.integers(2, 40))
def test_what_is_shortened_fits_and_says_so(text: str, width: int) -> None:
    shown = shorten(text, width)
    assert columns(shown) <= width
    assert shown == text or shown.endswith("…")


@given(st.lists(st.tuples(words, words), min_size=1, max_size=4))
def test_off_a_terminal_a_table_cuts_nothing(rows: list[tuple[str, str]]) -> None:
    printed = list(table.lines(("a", "b"), rows, Style()))
    for row, line in zip(rows, printed[1:], strict=True):
        assert all(one_line(cell) in line for cell in row)


@given(st.lists(st.tuples(words, words, words), max_size=4), st.integers(40, 200))
def test_on_a_terminal_a_table_fits_and_never_cuts_what_names_a_row(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    names = [one_line(name) for name, *_ in rows]
    printed = list(table.lines(("a", "b", "c"), rows, Style(width=width)))
    for line in printed:
        assert columns(line) <= width or line in names
    starts = iter(printed)
    assert all(any(line.startswith(name) for line in starts) for name in names)


@given(
    st.lists(st.lists(st.text("abcdef", min_size=1, max_size=12), max_size=12), max_size=5),
    st.integers(40, 120),
)
def test_a_reason_is_told_whole_however_narrow_the_terminal(
    reasons: list[list[str]], width: int
) -> None:
    rows = [(f"report-{at}", at, " ".join(why)) for at, why in enumerate(reasons)]
    printed = list(table.explained(("id", "sheets", "why"), rows, Style(width=width)))
    assert all(columns(line) <= width for line in printed)
    told = " ".join(" ".join(printed[1:]).split())
    places = [told.find(" ".join(why)) for why in reasons]
    assert -1 not in places


@given(st.lists(words, max_size=6), st.integers(40, 80))
def test_a_name_in_a_fact_is_never_broken(names: list[str], width: int) -> None:
    value = " ".join(names)
    printed = list(table.facts([("others", value)], Style(width=width)))
    assert " ".join(printed).split() == ["others", *value.split()] if value.split() else not printed


def test_on_a_narrow_terminal_a_report_takes_two_lines() -> None:
    name = "growing-futures-hexley-2017-final-report"
    row = (name, 2017, 48, "Growing Futures in Hexley: an evaluation of a team", "Hexley")
    header = ("id", "year", "pages", "title", "publisher")
    printed = list(table.lines(header, [row], Style(width=80)))
    assert printed[:3:2] == ["id", name]
    assert printed[3].split()[:2] == ["2017", "48"]
    assert "Growing Futures in Hexley: an evaluation of a team" in printed[3]
    assert name in list(table.lines(header, [row], Style(width=160)))[1]


def passage_at(span: Span, *section: str) -> PassageRef:
    return PassageRef("x", section, SectionKind.OTHER, 1, 1, None, span)


def test_a_snippet_leaves_out_the_heading_that_stands_above_it() -> None:
    text = "Costs\n\nCosts fell."
    given = Snippet(text, (Span(0, 5), Span(7, 12)), Span(0, len(text)))
    shown = list(snippet.lines(given, passage_at(given.span, "Annex", "Costs"), Style(color=True)))
    assert shown == ["    \x1b[1;33mCosts\x1b[0m fell."]


@st.composite
def snippets(draw: st.DrawFn) -> Snippet:
    text = draw(wild)
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    lit = tuple(Span(start, end) for start, end in zip(ends[::2], ends[1::2], strict=False))
    return Snippet(text, lit, Span(0, len(text)))


@given(snippets(), st.none() | st.integers(40, 100))
def test_a_snippet_shows_all_its_words_and_no_more(given: Snippet, width: int | None) -> None:
    shown = list(snippet.lines(given, passage_at(given.span), Style(width=width)))
    pieces, end = [], 0
    for span in given.highlights:
        pieces += [clean(given.text[end : span.start]), clean(span.of(given.text))]
        end = span.end
    pieces.append(clean(given.text[end:]))
    assert "".join("".join(shown).split()) == "".join("".join(pieces).split())


def test_a_snippet_lights_the_matched_words_and_wraps_between_words() -> None:
    text = "Young people stayed out of care and felt safe " * 3
    at = text.index("care")
    given = Snippet(text, (Span(at, at + 4),), Span(0, len(text)))
    lines = list(snippet.lines(given, passage_at(given.span), Style(color=True, width=50)))
    assert len(lines) > 2
    assert "\x1b[1;33mcare\x1b[0m" in "".join(lines)
    assert all(line.startswith("    ") and not line.endswith(" ") for line in lines)
    assert "**" not in "".join(lines)


@pytest.mark.parametrize(
    ("passage", "shown"),
    [
        (Span(10, 20), "    some words"),
        (Span(5, 20), "    … some words"),
        (Span(10, 25), "    some words …"),
        (Span(0, 30), "    … some words …"),
    ],
)
def test_a_snippet_says_where_the_passage_goes_on(passage: Span, shown: str) -> None:
    given = Snippet("some words", (), Span(10, 20))
    assert list(snippet.lines(given, passage_at(passage), Style())) == [shown]


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("choice", "stream", "variables", "expected"),
    [
        ("auto", Screen(), {}, True),
        ("auto", io.StringIO(), {}, False),
        ("auto", None, {}, False),
        ("auto", Screen(), {"TERM": "dumb"}, False),
        ("auto", Screen(), {"NO_COLOR": "1"}, False),
        ("auto", Screen(), {"NO_COLOR": ""}, True),
        ("auto", io.StringIO(), {"FORCE_COLOR": "1"}, True),
        ("auto", io.StringIO(), {"FORCE_COLOR": "0"}, False),
        ("auto", io.StringIO(), {"CLICOLOR_FORCE": "1"}, True),
        ("auto", Screen(), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("always", io.StringIO(), {"NO_COLOR": "1"}, True),
        ("never", Screen(), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_by_choice_then_variables_then_the_terminal(
    choice: str, stream: io.StringIO | None, variables: dict[str, str], expected: object
) -> None:
    assert wants_color(choice, stream, variables) is expected
