"""The label of each page: what is printed on it, else what the file says is printed.

What is printed wins: a file's own labels are often its sheets counted from 1. They fill a gap
only where they agree with the numbers that are printed on other sheets. A number that is printed
with a part of the report ("Part IV page 23", "A-12", "ES-3") is a label with that part.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLAIN = re.compile(r"^(?:\d{1,4}|[ivxlc]{1,7}|[A-Z]{1,3}[-–]?\d{1,4})$", re.IGNORECASE)
_PART = re.compile(
    r"(?:^|[\s|,–—-])((?:part|section|chapter|appendix|annex|volume)\s+(?:\d{1,2}|[ivx]{1,5}|[a-z])"
    r"[\s,|–—-]+page\s+(?P<number>\d{1,4}|[ivxlc]{1,7}))$",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"(?:^|\s)(?:page\s+)?((?P<part>[A-Z]{1,3})[-–](?P<number>\d{1,3}))$")
_NEAR = 3  # sheets
_AGREE = 0.8  # share of the sheets that show a number, where the file's own labels are right
_LEAST = 3  # of them


def page_labels(
    printed: Sequence[str | None],
    stated: Sequence[str | None],
    edges: Sequence[Sequence[str]] = (),
) -> tuple[str | None, ...]:
    """Return the label of each page.

    ``printed`` numbers are those found at the sheets' edges, ``stated`` the file's own labels,
    if it has any; ``edges`` has the running lines of each sheet. A stated label that is no
    number ("Cover") is nothing that anybody could look for on the sheet.
    """
    found = list(printed)
    for index, label in enumerate(_with_parts(printed, edges)):
        found[index] = label or found[index]
    if not _are_right(printed, stated):
        return tuple(found)
    return tuple(
        label or (said if said and _PLAIN.match(said) else None)
        for label, said in zip(found, stated, strict=True)
    )


def contradicted_labels(
    labels: Sequence[str | None], stated: Sequence[str | None]
) -> tuple[str | None, ...]:
    """Return for each page the file's own label, where the sheet shows another number.

    A stated name that ends in the number ("Summary iv") does not contradict it.
    """
    if not stated:
        return (None,) * len(labels)
    return tuple(
        said if label and said and not _agree(label, said) else None
        for label, said in zip(labels, stated, strict=True)
    )


def _agree(label: str, said: str) -> bool:
    label, said = label.casefold(), said.casefold()
    return label.endswith(said) or said.endswith(label)


def _are_right(printed: Sequence[str | None], stated: Sequence[str | None]) -> bool:
    """Tell whether the file's own labels may stand in for numbers that are not printed."""
    if not stated:
        return False
    both = [(label, said) for label, said in zip(printed, stated, strict=True) if label and said]
    agreed = sum(_agree(label, said) for label, said in both)
    if len(both) >= _LEAST:
        return agreed >= _AGREE * len(both)
    is_count = all(said == str(number) for number, said in enumerate(stated, start=1))
    return agreed == len(both) and not is_count


def _with_parts(
    printed: Sequence[str | None], edges: Sequence[Sequence[str]]
) -> Sequence[str | None]:
    """Return the labels that name a part of the report, where a sheet's edge shows one.

    A letter and a number ("A-12") is a label only if it counts along with a sheet nearby.
    """
    found: list[str | None] = [None] * len(printed)
    lettered: dict[int, tuple[str, int, str]] = {}
    for index, lines in enumerate(edges):
        for line in lines:
            text = " ".join(line.split())
            part, letter = _PART.search(text), _LETTERED.search(text)
            if part and part["number"] == printed[index]:
                found[index] = part[1]
            elif letter and printed[index] in {None, letter["number"]}:
                offset = int(letter["number"]) - index
                lettered[index] = letter["part"], offset, letter[1]
    for index, (part_name, offset, label) in lettered.items():
        near = (lettered.get(index + step) for step in range(-_NEAR, _NEAR + 1) if step)
        if any(other and other[:2] == (part_name, offset) for other in near):
            found[index] = label
    return found
