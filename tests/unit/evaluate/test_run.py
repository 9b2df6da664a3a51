from __future__ import annotations

from array import array
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.errors import InputError, StorageError
from searcher.evaluate.run import falling, run_lines, write_run

FULL = Path("/dev/full")
best_first = st.lists(st.floats(-1000, 1e6, width=32), max_size=60).map(
    lambda scores: sorted(scores, reverse=True)
)


def test_a_run_has_six_columns(tmp_path: Path) -> None:
    path = tmp_path / "run"
    write_run(path, [("q1", (("b", 2.5), ("a", 1.0))), ("q2", ()), ("q3", (("a", 7.0),))])
    assert path.read_text().splitlines() == [
        "q1 Q0 b 1 2.5 searcher",
        "q1 Q0 a 2 1 searcher",
        "q3 Q0 a 1 7 searcher",
    ]


@given(best_first)
def test_the_scores_of_a_run_fall_strictly_even_in_32_bits(scores: list[float]) -> None:
    ranking = tuple((f"d{number}", score) for number, score in enumerate(scores))
    printed = array("f", [float(line.split()[4]) for line in run_lines("q", ranking)])
    assert all(one > other for one, other in pairwise(printed))


@given(best_first.filter(lambda scores: len(set(scores)) == len(scores)))
def test_scores_that_fall_clearly_are_left_as_they_are(scores: list[float]) -> None:
    whole = [round(score) * 10.0 for score in scores]
    if len(set(whole)) == len(whole):
        assert falling(whole) == whole


def test_an_id_with_white_space_cannot_be_in_a_run() -> None:
    for query, document in (("q 1", "a"), ("q1", "a\tb"), ("q1", "")):
        with pytest.raises(InputError, match="white space"):
            run_lines(query, ((document, 1.0),))


def test_a_run_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"run: the run cannot be written: No such file"):
        write_run(tmp_path / "none" / "run", [])


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
def test_a_full_disk_is_no_wrong_path() -> None:
    with pytest.raises(StorageError, match="No space left"):
        write_run(FULL, [("q1", (("a", 1.0),))])
