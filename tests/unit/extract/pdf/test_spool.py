from __future__ import annotations

from dataclasses import is_dataclass
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.extract.pdf.spool import dump, load
from searcher.extract.pdf.words import Reading, Word

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def values(kind: Any) -> SearchStrategy[Any]:  # noqa: ANN401 -- a type's hint
    """Return values of the type ``kind``; no field of a dataclass is left at its default."""
    if is_dataclass(kind) or kind is Word:
        return filled(kind)
    if kind is float:
        return st.floats(allow_nan=False)
    if NoneType in get_args(kind):
        return st.one_of(st.none(), *(values(k) for k in get_args(kind) if k is not NoneType))
    if get_args(kind)[1:] == (...,):
        return st.lists(values(get_args(kind)[0]), max_size=3).map(tuple)
    return st.from_type(kind)


def filled(kind: Any) -> SearchStrategy[Any]:  # noqa: ANN401 -- a dataclass
    return st.builds(kind, *map(values, get_type_hints(kind).values()))


@given(filled(Reading))
def test_a_part_comes_back_as_it_was_with_every_field(reading: Reading) -> None:
    assert load(dump(reading)) == reading


@given(filled(Reading), st.data())
def test_a_damaged_part_is_never_taken_for_one(reading: Reading, data: st.DataObject) -> None:
    whole = dump(reading)
    end = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(ValueError):  # noqa: PT011 -- JSON's own errors among them
        load(whole[:end])
