from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from searcher.errors import UnknownNameError
from searcher.index.snapshot import open_snapshot
from searcher.query.parse import parse
from searcher.query.tree import And, Not, Or, Phrase, Prefix, Query, Range, Value, Word
from searcher.search.prepare import prepare, relaxed, with_filters
from searcher.search.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

A, B, C = Word("a1"), Word("b1"), Word("c1")


def _either(word: str) -> Query:
    """Return the phrase of ``word``, in both cases where that makes a difference."""
    if word in {"it", "who"}:
        return Or((Phrase(word), Phrase(word.upper())))
    return Phrase(word)


@pytest.fixture(scope="module")
def values(library_index: Path) -> Iterator[Values]:
    """Return the values of the bundled reports."""
    with open_snapshot(library_index) as snapshot:
        yield Values(snapshot.library)


@pytest.mark.parametrize(
    ("text", "ready"),
    [
        ("Families", Word("families")),
        ("looked-after", Word("looked")),
        ("re-referral", And((Word("re"), Word("referral")), implicit=True)),
        ("the edge of care", And((Word("edge"), Word("care")), implicit=True)),
        ("the AND care", Word("care")),
        ("the", Phrase("the")),
        ("what about this", And((Phrase("what"), Phrase("about"), Phrase("this")), implicit=True)),
        ("title:the care", Word("care")),
        ('"the edge of care"', Phrase("the edge of care")),
        ("the OR care", Or((Phrase("the"), Word("care")))),
        ("care -the", And((Word("care"), Not(Phrase("the"))), implicit=True)),
        ("title:looked-after", Word("looked", "title")),
        ("IT and WHO", And((Word("IT"), Word("WHO")), implicit=True)),
        ("it", Or((Phrase("it"), Phrase("IT")))),
        ('"it systems"', Or((Phrase("it systems"), Phrase("IT systems")))),
        ("WHO IS IT ABOUT", And(tuple(map(_either, ("who", "is", "it", "about"))), implicit=True)),
        ("WHO TRUSTS IT", Word("trusts")),
        ("safe*", Prefix("safe")),
        ("co-prod*", And((Phrase("co"), Prefix("prod")))),
        ("year:2017", Range("year", 2017, 2017)),
    ],
)
def test_words_are_split_into_forms_and_stop_words_passed_over(
    values: Values, text: str, ready: Query
) -> None:
    assert prepare(parse(text), values) == ready


def test_a_phrase_of_many_ambiguous_words_stays_one_phrase(values: Values) -> None:
    text = " ".join(["us"] * 60)
    assert prepare(Phrase(text), values) == Phrase(text)


@pytest.mark.parametrize(
    ("query", "loose"),
    [
        (A, None),
        (Phrase("a1 b1"), None),
        (Or((A, B)), None),
        (Not(A), None),
        (And((A, B)), None),
        (And((And((A, B), implicit=True), C)), None),
        (And((A, Phrase("b1 c1")), implicit=True), None),
        (And((A, Not(B)), implicit=True), None),
        (And((A, B), implicit=True), Or((A, B))),
        (And((A, Prefix("b1")), implicit=True), Or((A, Prefix("b1")))),
        (And((A, B, Not(C)), implicit=True), And((Or((A, B)), Not(C)))),
        (And((A, B, Phrase("c1")), implicit=True), And((Or((A, B)), Phrase("c1")))),
        (
            And((A, Value("theme", "t"), B), implicit=True),
            And((Or((A, B)), Value("theme", "t"))),
        ),
    ],
)
def test_only_words_side_by_side_are_loosened(query: Query, loose: Query | None) -> None:
    assert relaxed(query) == loose


def test_filters_come_last() -> None:
    assert with_filters(A, ()) == A
    assert with_filters(A, (B, C)) == And((A, B, C))


def ids(query: Query) -> set[str]:
    """Return the ids that a resolved value stands for."""
    match query:
        case Or(clauses):
            return set().union(*map(ids, clauses))
        case Value(_, text):
            return {text}
        case _:
            raise AssertionError(query)


def test_a_concept_stands_for_itself_and_all_that_is_narrower(values: Values) -> None:
    assert ids(values.resolve(Value("outcome", "re-referrals"))) >= {"re-referrals"}
    by_id = values.resolve(Value("theme", "adolescents"))
    assert ids(by_id) >= {"adolescents", "edge-of-care"}
    by_label = Value("theme", "adolescents in or ON the edge-of-care")
    assert values.resolve(by_label) == by_id


@pytest.mark.parametrize(
    "name", ["Sample Institute for Social Work", "SAMPLE institute FOR social work"]
)
def test_a_publisher_is_known_by_name_in_any_case(values: Values, name: str) -> None:
    found = values.resolve(Value("publisher", name))
    assert found == Value("publisher", "Sample Institute for Social Work")


@pytest.mark.parametrize(
    ("field", "name", "near"),
    [
        ("project", "no-wrong-dor", "no-wrong-door"),
        ("outcome", "re referals", "re-referrals"),
        ("publisher", "Institute for Social Work", "Sample Institute for Social Work"),
        ("report", "nwd-northshire-2071", "nwd-northshire-2017"),
    ],
)
def test_a_near_miss_is_told_what_it_is_near_to(
    values: Values, field: str, name: str, near: str
) -> None:
    with pytest.raises(UnknownNameError) as unknown:
        values.resolve(Value(field, name))
    assert near in unknown.value.near
    assert near in unknown.value.hint


@pytest.mark.parametrize("field", ["project", "theme", "outcome", "design", "publisher", "report"])
def test_what_is_near_to_nothing_is_told_where_all_are_listed(values: Values, field: str) -> None:
    with pytest.raises(UnknownNameError) as unknown:
        values.resolve(Value(field, "zzqqxx"))
    assert unknown.value.near == ()
    assert "searcher" in unknown.value.hint
