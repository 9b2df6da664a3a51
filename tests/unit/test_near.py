"""Which known name is offered for one that is not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.near import nearest

REPORTS = ("fs-easterby-2020", "house-project-riverton-2019", "nwd-northshire-2017")
PUBLISHERS = ("Sample Centre for Family Evidence", "Sample Trials Unit", "Northshire Council")


@pytest.mark.parametrize(
    ("name", "known", "first"),
    [
        ("nwd", REPORTS, "nwd-northshire-2017"),
        ("northshire", REPORTS, "nwd-northshire-2017"),
        ("house_project", REPORTS, "house-project-riverton-2019"),
        ("nwd-norhtshire-2017", REPORTS, "nwd-northshire-2017"),
        ("sample centre", PUBLISHERS, "Sample Centre for Family Evidence"),
        ("Sample Trial Unit", PUBLISHERS, "Sample Trials Unit"),
        ("yaer", ("title", "year"), "year"),
        ("FOSTERIN", ("fostering", "foster carers"), "fostering"),
    ],
)
def test_a_part_of_a_name_and_a_slip_find_it(name: str, known: tuple[str, ...], first: str) -> None:
    assert nearest(name, known)[0] == first


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("foo", ("out-of-area", "OOA", "care")),
        ("endnote", ("bibtex", "csl-json", "markdown", "plain", "ris", "json")),
        ("nope", ("results", "report", "page")),
        ("a", ("area", "a-b-c-d")),
        ("", ("area",)),
        ("?!", ("area",)),
    ],
)
def test_what_is_near_to_nothing_has_no_neighbour(name: str, known: tuple[str, ...]) -> None:
    assert nearest(name, known) == ()


names = st.text("ab- C", max_size=8)


@given(names, st.lists(names), st.integers(1, 4))
def test_neighbours_are_known_names_each_once_and_no_more_than_asked_for(
    name: str, known: list[str], limit: int
) -> None:
    found = nearest(name, known, limit=limit)
    assert set(found) <= set(known)
    assert len(found) == len(set(found)) <= limit
