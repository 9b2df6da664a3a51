"""Frozen classes made late are the standard library's frozen dataclasses."""

from __future__ import annotations

import copy
import dataclasses
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import frozen

if TYPE_CHECKING:
    from collections.abc import Callable


@frozen.dataclass(frozen=True, slots=True, order=True)
class Ours:
    """A stretch, its ends in order."""

    start: int
    end: int
    label: str = "none"
    mark: str | None = None

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(self.start)

    @property
    def length(self) -> int:
        """How long it is."""
        return self.end - self.start


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Standard:
    """The same, by the standard library."""

    start: int
    end: int
    label: str = "none"
    mark: str | None = None

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(self.start)

    @property
    def length(self) -> int:
        """How long it is."""
        return self.end - self.start


values = st.integers(0, 2)
names = st.sampled_from(["a", "b"])
calls = st.tuples(
    st.one_of(
        st.tuples(),
        st.tuples(values),
        st.tuples(values, values),
        st.tuples(values, values, names),
        st.tuples(values, values, names, names),
        st.tuples(values, values, names, names, names),
    ),
    st.dictionaries(st.sampled_from(["start", "end", "label", "mark", "other"]), values),
)


def outcome(made: Callable[..., Any], call: tuple[tuple[Any, ...], dict[str, Any]]) -> object:
    """Return all that can be told of what ``made`` makes of ``call``, or the kind of its error."""
    try:
        one = made(*call[0], **call[1])
    except (TypeError, ValueError) as error:
        return type(error)
    return (
        repr(one).partition("(")[2], dataclasses.astuple(one), one.length, hash(one),
        dataclasses.asdict(dataclasses.replace(one, end=9)), copy.deepcopy(one) == one,
        one == (one.start, one.end, one.label, one.mark),
    )  # fmt: skip


@given(calls)
def test_a_call_makes_what_it_makes_of_a_standard_dataclass(
    call: tuple[tuple[Any, ...], dict[str, Any]],
) -> None:
    assert outcome(Ours, call) == outcome(Standard, call)


pairs = st.tuples(st.integers(0, 2), st.integers(2, 4), names)


@given(pairs, pairs)
def test_instances_compare_as_those_of_a_standard_dataclass(
    one: tuple[int, int, str], other: tuple[int, int, str]
) -> None:
    def compared(made: Callable[..., Any]) -> list[bool]:
        left, right = made(*one), made(*other)
        return [left == right, left < right, left <= right, left > right, left >= right]

    assert compared(Ours) == compared(Standard)


@pytest.mark.skipif(not hasattr(copy, "replace"), reason="Python before 3.13 has no copy.replace")
def test_a_copy_takes_other_values() -> None:
    assert copy.replace(Ours(1, 2), end=3) == Ours(1, 3)  # type: ignore[attr-defined]


def test_neither_changes_nor_takes_what_it_has_no_field_for() -> None:
    one: Any = Ours(1, 2)
    for name in ("start", "other"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(one, name, 1)
        with pytest.raises(dataclasses.FrozenInstanceError):
            delattr(one, name)
    assert not hasattr(one, "__dict__")


def test_it_is_matched_by_its_fields_in_their_order() -> None:
    match Ours(1, 2, "x"):
        case Ours(start, end, label, mark):
            assert (start, end, label, mark) == (1, 2, "x", None)


def test_a_class_in_constant_use_goes_on_as_it_was() -> None:
    @frozen.dataclass(frozen=True, slots=True)
    class Used:
        """Something small."""

        number: int
        name: str = "n"

        def __post_init__(self) -> None:
            if self.number < 0:
                raise ValueError(self.number)

    early, before = Used(1), Used.__init__
    for number in range(frozen.CONSTANT_USE):
        assert Used(number).number == number
    assert Used.__init__ is not before
    assert (Used(1), Used(1, name="n"), hash(Used(1)), repr(Used(1))) == (
        early, early, hash(early), repr(early),
    )  # fmt: skip
    assert Used(1) != Used(2)
    with pytest.raises(ValueError, match="-1"):
        Used(-1)
    with pytest.raises(TypeError):
        Used()  # type: ignore[call-arg]


def test_a_class_that_changes_is_refused() -> None:
    with pytest.raises(TypeError):
        frozen.dataclass(frozen=False, slots=True)
