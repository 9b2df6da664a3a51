from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.quality.grades import MOST_RUNS, graded, graded_page, runs
from searcher.results.quality import Grade, PageFigures, PageQuality, ReportQuality, summed
from searcher.results.report import Report

SOUND = PageFigures(
    number=1, label="1", words=400, asked=300, known=300, is_unread=False, headings=2,
    furniture=2, furniture_words=5, columns=1, hyphens=0, garbled=0.0, contradicted=None,
    reader="test", why="", confidence=None,
)  # fmt: skip
REPORT = Report("r", "r.pdf", "", "application/pdf", "R", pages=20, language="en-GB")
UNREAD = replace(SOUND, words=0, asked=0, known=0, is_unread=True, headings=0)


def pages(*odd: PageFigures) -> list[PageFigures]:
    """Return twenty sheets, the first of them as given."""
    return [*odd, *[SOUND] * (20 - len(odd))]


def test_what_was_read_as_printed_is_a_and_has_no_reasons() -> None:
    quality = graded(REPORT, pages())
    assert (quality.grade, quality.remarks) == (Grade.A, ())
    assert {page.grade for page in quality.pages} == {Grade.A}


def test_one_sheet_of_few_is_no_part_that_is_missing() -> None:
    assert graded(REPORT, [SOUND] * 4 + [UNREAD]).grade is Grade.B
    assert graded(REPORT, [UNREAD]).grade is Grade.D


def test_a_few_unknown_words_weigh_less_in_a_short_report() -> None:
    page = replace(SOUND, known=280)
    assert graded(REPORT, [page] * 2).grade is Grade.A
    assert graded(REPORT, [page] * 20).grade is Grade.B


@pytest.mark.parametrize(("unread", "grade"), [(0, "A"), (1, "B"), (2, "B"), (3, "C"), (11, "D")])
def test_the_more_sheets_lack_text_the_worse_the_grade(unread: int, grade: str) -> None:
    quality = graded(REPORT, pages(*[UNREAD] * unread))
    assert quality.grade == grade
    assert [page.grade for page in quality.pages].count(Grade.D) == unread


@pytest.mark.parametrize(("known", "grade"), [(300, "A"), (293, "B"), (260, "C"), (200, "D")])
def test_the_fewer_words_a_dictionary_knows_the_worse_the_grade(known: int, grade: str) -> None:
    page = replace(SOUND, known=known)
    assert graded(REPORT, [page] * 20).grade == grade


@pytest.mark.parametrize(("garbled", "grade"), [(0.0, "A"), (0.02, "B"), (0.1, "C"), (0.3, "D")])
def test_the_more_words_are_garbled_the_worse_the_grade(garbled: float, grade: str) -> None:
    page = replace(SOUND, garbled=garbled)
    assert graded(REPORT, [page] * 20).grade == grade
    assert graded_page(page, language=None).grade == grade


@pytest.mark.parametrize(("confidence", "grade"), [(1.0, "B"), (0.79, "C"), (0.5, "D")])
def test_recognised_text_is_never_as_printed(confidence: float, grade: str) -> None:
    page = replace(SOUND, confidence=confidence)
    assert graded_page(page, language="en").grade == grade


@pytest.mark.parametrize("language", ["cy", "fr", "de-AT"])
def test_an_english_dictionary_does_not_judge_another_language(language: str) -> None:
    page = replace(SOUND, known=100)
    assert graded_page(page, language=language).grade is Grade.A
    assert graded_page(page, language="EN-us").grade is Grade.D


def test_a_label_that_the_sheet_contradicts_is_told_with_both() -> None:
    page = graded_page(replace(SOUND, label="7", contradicted="ix"), language=None)
    assert page.grade is Grade.B
    assert [remark.text for remark in page.remarks] == ["the file calls it page ix, it shows 7"]


def test_sheets_without_text_are_named_as_far_as_they_are_few() -> None:
    odd = [replace(UNREAD if at in {2, 3, 4, 9} else SOUND, number=at) for at in range(1, 21)]
    assert [remark.text for remark in graded(REPORT, odd).remarks] == [
        "4 of 20 sheets show something and hold no text: 2–4, 9"
    ]
    alone = [replace(one, number=at) for at, one in enumerate([SOUND, UNREAD], start=1)]
    assert graded(REPORT, alone).remarks[0].text == (
        "1 of 2 sheets shows something and holds no text: 2"
    )


@given(st.sets(st.integers(1, 30), max_size=MOST_RUNS))
def test_runs_name_every_number_once_and_in_order(numbers: set[int]) -> None:
    parts = [part.split("–") for part in runs(sorted(numbers)).split(", ") if part]
    told = [at for part in parts for at in range(int(part[0]), int(part[-1]) + 1)]
    assert told == sorted(numbers)


def test_a_long_report_without_a_heading_and_a_tiny_one_are_remarked() -> None:
    bare = replace(SOUND, headings=0)
    assert graded(REPORT, [bare] * 20).grade is Grade.B
    assert graded(REPORT, [replace(SOUND, words=3, asked=3, known=3)]).grade is Grade.C


@given(
    st.lists(
        st.builds(
            lambda known, garbled, unread: replace(
                SOUND, known=known, garbled=garbled, is_unread=unread
            ),
            st.integers(0, 300), st.floats(0, 1), st.booleans(),
        ),
        min_size=1, max_size=5,
    )
)  # fmt: skip
def test_a_grade_is_that_of_its_gravest_reason(sheets: list[PageFigures]) -> None:
    quality = graded(REPORT, sheets)
    everything: list[ReportQuality | PageQuality] = [quality, *quality.pages]
    for one in everything:
        grades = [remark.grade for remark in one.remarks]
        assert grades == sorted(grades, reverse=True)
        assert one.grade == max(grades, default=Grade.A)
    assert graded(REPORT, sheets[::-1]).grade == quality.grade


def test_the_figures_of_a_report_are_the_sums_over_its_sheets() -> None:
    other = replace(SOUND, words=100, garbled=0.5, columns=2, hyphens=3, contradicted="x")
    figures = summed([SOUND, other, UNREAD], paged=True)
    assert (figures.sheets, figures.unread, figures.words, figures.asked) == (3, 1, 500, 600)
    assert (figures.in_columns, figures.hyphens, figures.contradicted) == (1, 3, 1)
    assert figures.garbled == pytest.approx(0.1)
    assert figures.readers == (("test", "", 2),)
    assert summed([SOUND], paged=False).sheets == 0
