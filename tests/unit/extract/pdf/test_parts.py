from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.document import BlockKind, Span
from searcher.extract.pdf.blocks.hyphens import join_lines, lexicon_of
from searcher.extract.pdf.dates import publication_line, year_of
from searcher.extract.pdf.metadata.cover import CoverLine
from searcher.extract.pdf.metadata.identifiers import is_isbn_valid
from searcher.extract.pdf.numerals import number_of

ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"))


def roman(value: int) -> str:
    written = ""
    for worth, letters in (*ROMAN, (1, "i")):
        count, value = divmod(value, worth)
        written += letters * count
    return written


@given(st.integers(1, 399))
def test_a_roman_numeral_counts_what_it_writes(value: int) -> None:
    assert number_of(roman(value)) == (value, True)
    assert number_of(roman(value).upper()) == (value, True)
    assert number_of(str(value)) == (value, False)


@pytest.mark.parametrize("text", ["", "iiii", "vx", "page", "3a"])
def test_what_is_no_numeral_counts_nothing(text: str) -> None:
    assert number_of(text) is None


@given(st.lists(st.text(st.characters(categories=["Ll"]), min_size=1), min_size=1))
def test_lines_without_a_broken_word_are_joined_by_spaces(lines: list[str]) -> None:
    assert join_lines(lines, lexicon_of(lines)) == " ".join(lines)


@given(st.lists(st.sampled_from(["co-", "operate", "well-", "being", "a", "b-"]), min_size=1))
def test_joining_loses_no_letter(lines: list[str]) -> None:
    joined = join_lines(lines, lexicon_of(lines))
    assert joined.replace("-", "").replace(" ", "") == "".join(lines).replace("-", "")


@pytest.mark.parametrize(
    ("report", "joined"),
    [
        ("an evaluation", "evaluation"),
        ("the evalu-ation", "evalu-ation"),
        ("evalu ation", "evaluation"),
        ("nothing like it", "evaluation"),
    ],
)
def test_a_hyphen_goes_where_the_report_writes_the_word_without(report: str, joined: str) -> None:
    assert join_lines(["evalu-", "ation"], lexicon_of([report])) == joined


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (("from 2016-", "17 on"), "from 2016-17 on"),
        (("16-", "and 17-year-olds"), "16- and 17-year-olds"),
        (("one-", "to-one work"), "one-to-one work"),
        (("Anglo-", "Irish"), "Anglo-Irish"),
        (("a break –", "and on"), "a break – and on"),
    ],
)
def test_a_hyphen_before_no_small_word_stays(lines: tuple[str, ...], joined: str) -> None:
    assert join_lines(lines, lexicon_of(["work one to"])) == joined


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("decision-", "making", "decision-making"),
        ("cross-", "sectional", "cross-sectional"),
        ("self-", "esteem", "self-esteem"),
        ("short-", "ages", "shortages"),
        ("high-", "lighted", "highlighted"),
        ("hy-", "potheses", "hypotheses"),
        ("non-", "attendance", "non-attendance"),
    ],
)
def test_a_compound_of_english_keeps_its_hyphen(left: str, right: str, joined: str) -> None:
    assert join_lines([left, right], lexicon_of(["nothing like it"])) == joined


def test_a_file_that_divides_no_word_keeps_every_hyphen_at_a_lines_end() -> None:
    seen = ["an on-site, a drop-in and an evaluation"]
    broken = ["it was on-", "site and a drop-", "in for a co-", "located team"]
    assert lexicon_of([*seen, *broken]).divides is False
    assert join_lines(broken, lexicon_of([*seen, *broken])).endswith("a co-located team")
    divided = [*broken, "and this evalu-", "ation"]
    assert lexicon_of([*seen, *divided]).divides is True


def line(text: str) -> CoverLine:
    return CoverLine(text, Span(0, len(text)), 1, BlockKind.PARAGRAPH)


@pytest.mark.parametrize(
    ("texts", "created", "year"),
    [
        (("July 2017",), None, 2017),
        (("July 2017",), 2018, 2017),
        (("July 2009", "June 2017"), 2017, 2017),
        (("Report published: 19 October 2015",), 2018, 2015),
        (("Inspection dates: 6 July 2015 – 30 July 2015",), 2015, None),
        (("The inspection took place in July 2017",), 2017, None),
        (("Data as at March 2016", "Published 3 May 2017"), 2017, 2017),
    ],
)
def test_a_report_is_dated_by_a_line_that_stands_alone(
    texts: tuple[str, ...], created: int | None, year: int | None
) -> None:
    found = publication_line([line(text) for text in texts], created)
    assert (found.year if found else None) == year


@pytest.mark.parametrize(
    ("date", "year"), [("D:20170314101500Z", 2017), ("Thursday, 1 May 2003", 2003), ("", None)]
)
def test_a_files_date_names_a_year_or_none(date: str, year: int | None) -> None:
    assert year_of(date) == year


@given(st.integers(0, 8), st.sampled_from("123456789"))
def test_a_wrong_digit_makes_an_isbn_invalid(place: int, digit: str) -> None:
    good = "0306406152"
    wrong = good[:place] + digit + good[place + 1 :]
    assert is_isbn_valid(good)
    assert is_isbn_valid(wrong) == (wrong == good)


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("show-", "ing", "showing"),
        ("substance-", "misuse", "substance-misuse"),
        ("mul-", "tisite", "multisite"),
        ("follow-", "up", "follow-up"),
    ],
)
def test_a_dictionary_decides_where_the_report_does_not_tell(
    left: str, right: str, joined: str
) -> None:
    assert join_lines([left, right], lexicon_of(["evaluation"])) == joined
