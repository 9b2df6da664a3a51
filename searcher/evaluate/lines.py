"""Lines of a file of queries or judgements, each mistake with its number."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from searcher.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, with their numbers from 1.

    Raises:
        InputError: the file cannot be read, is not UTF-8, or holds nothing.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as exc:
        msg = f"{path}: {exc.strerror or exc}"
        raise InputError(msg, hint="give the path of a file that can be read") from exc
    except UnicodeDecodeError as exc:
        msg = f"{path}: is not UTF-8 at byte {exc.start}"
        raise InputError(msg, hint="save the file as UTF-8") from exc
    if not text.strip():
        msg = f"{path}: is empty"
        raise InputError(msg)
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line.removesuffix("\r")


def numbered_records(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Yield the JSON object of each line, with the line's number.

    Raises:
        InputError: as ``numbered_lines``; a line is not a JSON object.
    """
    for number, line in numbered_lines(path):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as exc:
            raise wrong(path, number, f"is not JSON: {exc}") from exc
        if not isinstance(record, dict):
            raise wrong(path, number, "is not a JSON object")
        yield number, record


def wrong(path: Path, number: int, problem: str, *, hint: str = "") -> InputError:
    """Return the error that line ``number`` of ``path`` has ``problem``."""
    return InputError(f"{path}, line {number}: {problem}", hint=hint)
