from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.extract.pdf.headings.labels import contradicted_labels, page_labels

NUMBERS = st.lists(st.none() | st.integers(1, 400).map(str), min_size=1, max_size=12)


@given(NUMBERS, st.data())
def test_what_is_printed_wins_over_what_the_file_states(
    printed: list[str | None], data: st.DataObject
) -> None:
    stated = data.draw(st.lists(st.text(), min_size=len(printed), max_size=len(printed)))
    labels = page_labels(printed, stated)
    assert [label for label, found in zip(labels, printed, strict=True) if found] == [
        found for found in printed if found
    ]


def test_a_stated_number_fills_a_gap_where_the_file_agrees_with_its_print() -> None:
    printed = (None, None, "1", "2", "3")
    assert page_labels(printed, ("Cover", "ii", "1", "2", "3")) == (None, "ii", "1", "2", "3")


def test_sheets_counted_from_one_are_no_labels_where_the_print_counts_otherwise() -> None:
    printed = (None, None, "1", "2", "3")
    assert page_labels(printed, ("1", "2", "3", "4", "5")) == printed


def test_sheets_counted_from_one_are_no_labels_where_nothing_is_printed() -> None:
    assert page_labels((None, None, None), ("1", "2", "3")) == (None, None, None)


def test_a_number_printed_with_its_part_is_a_label_with_the_part() -> None:
    edges = [["Office | Part IV page 1"], ["Office | Part IV page 2"]]
    assert page_labels(("1", "2"), (), edges) == ("Part IV page 1", "Part IV page 2")


def test_a_letter_and_a_number_are_a_label_where_they_count_along_with_the_sheets() -> None:
    edges = [["Annex ES-1"], ["Annex ES-2"], ["Annex ES-3"]]
    assert page_labels((None, "2", None), (), edges) == ("ES-1", "ES-2", "ES-3")


def test_a_letter_and_a_number_that_stay_the_same_are_no_label() -> None:
    edges = [["Paper HC-18"], ["Paper HC-18"], ["Paper HC-18"]]
    assert page_labels((None, None, None), (), edges) == (None, None, None)


@pytest.mark.parametrize(
    ("label", "said", "contradicted"),
    [("4", "7", "7"), ("4", "4", None), (None, "7", None), ("iv", "Summary iv", None)],
)
def test_a_stated_label_is_contradicted_where_the_sheet_shows_another(
    label: str | None, said: str, contradicted: str | None
) -> None:
    assert contradicted_labels((label,), (said,)) == (contradicted,)


def test_a_file_without_labels_contradicts_nothing() -> None:
    assert contradicted_labels(("1", None), ()) == (None, None)
