"""Files that hang, starve or crash a reader end within the limits, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from searcher.document import Document
from searcher.errors import Reason
from searcher.extract.pool import Outcome
from searcher.extract.serial import from_json
from searcher.failure import Failure
from tests.robustness import dangers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Read = Callable[[Mapping[str, bytes]], dict[str, Outcome]]

SAID = "Families were followed for a year."
PLAIN = dangers.page(dangers.stream(dangers.WORDS), b"")
HARMFUL: dict[str, tuple[Callable[[], bytes], set[Reason]]] = {
    "bomb.pdf": (lambda: dangers.flate_bomb(400_000_000), {Reason.MEMORY}),
    "nested.pdf": (lambda: dangers.nested_forms(8), {Reason.MEMORY, Reason.TIMEOUT}),
    "tree.pdf": (dangers.own_parent, {Reason.DAMAGED}),
}
HARMLESS: dict[str, Callable[[], bytes]] = {
    "loop.pdf": lambda: dangers.circular_form(1),
    "junk.pdf": lambda: b"junk before the file\r\n" * 10 + PLAIN,
    "tail.pdf": lambda: PLAIN + b"\0" * 3000,
    "deep.pdf": dangers.deep_array,
    "outline.pdf": dangers.outlines_of_itself,
    "pages.pdf": lambda: dangers.many_pages(300),
    "millions.pdf": lambda: dangers.many_pages(50_000_000),
}


def document_of(outcome: Outcome) -> Document:
    assert isinstance(outcome.result, bytes), outcome.result
    return from_json(outcome.result)


def test_harmful_files_cost_only_themselves(read: Read) -> None:
    files = {name: make() for name, (make, _) in HARMFUL.items()}
    outcomes = read(files | {"good.pdf": PLAIN})
    assert document_of(outcomes.pop("good.pdf")).text == SAID
    for name, (_, reasons) in HARMFUL.items():
        failure = outcomes[name].result
        assert isinstance(failure, Failure), name
        assert failure.reason in reasons, (name, failure)
        if failure.reason is Reason.MEMORY:
            assert "300 MB" in failure.detail
            assert "--memory over 300" in failure.hint
        if failure.reason is Reason.TIMEOUT:
            assert "4 s of processor time" in failure.detail
            assert "--cpu over 4" in failure.hint


def test_forms_within_one_another_cost_their_file_or_are_left_to_the_second_reader(
    read: Read,
) -> None:
    outcomes = read({"circular.pdf": dangers.circular_form(3), "good.pdf": PLAIN})
    assert document_of(outcomes["good.pdf"]).text == SAID
    result = outcomes["circular.pdf"].result
    if isinstance(result, Failure):
        assert result.reason in {Reason.MEMORY, Reason.TIMEOUT}
    else:  # PDFium ran into its stack's end before it ran into a limit
        assert "crashed" in from_json(result).pages[0].reading.why


@pytest.mark.parametrize("name", HARMLESS)
def test_what_looks_dangerous_and_is_not_is_read(name: str, read: Read) -> None:
    (outcome,) = read({name: HARMLESS[name]()}).values()
    assert document_of(outcome).text.startswith(SAID)
