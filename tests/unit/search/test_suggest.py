from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.search.suggest import is_one_slip

words = st.text("abc", min_size=1, max_size=6)


@pytest.mark.parametrize("slip", ["cre", "caare", "cave", "caer", "acre", "are", "cares"])
def test_a_letter_missing_added_changed_or_swapped_is_one_slip(slip: str) -> None:
    assert is_one_slip(slip, "care")
    assert is_one_slip("care", slip)


@pytest.mark.parametrize("other", ["race", "crea", "ca", "carers", "cover"])
def test_more_is_more_than_one_slip(other: str) -> None:
    assert not is_one_slip(other, "care")


@given(words, words)
def test_a_slip_is_one_from_either_side(one: str, other: str) -> None:
    assert is_one_slip(one, other) == is_one_slip(other, one)


@given(words, st.integers(0, 6), st.sampled_from("abc"))
def test_a_letter_put_in_anywhere_is_one_slip(word: str, at: int, letter: str) -> None:
    assert is_one_slip(word[:at] + letter + word[at:], word)
