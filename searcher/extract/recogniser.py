"""What reads a sheet without text: the program ``tesseract``, and the languages it is to read.

Languages go by tesseract's codes, most of which are ISO 639-2: "eng", or "eng+cym" for a text in
both.
"""

from __future__ import annotations

from dataclasses import dataclass

PROGRAM = "tesseract"
ENGLISH = "eng"


@dataclass(frozen=True, slots=True)
class Recogniser:
    """The path of tesseract, and the languages in which it is to read."""

    program: str
    languages: str = ENGLISH


def reader_name(version: str, languages: str) -> str:
    """Return what a page says of the program that recognised it: "tesseract 5.3.0 eng+cym"."""
    return f"{PROGRAM} {version} {languages}"


def languages_of(reader: str) -> str:
    """Return the languages that ``reader``, of a recognised page, names; English if it does not."""
    return (reader.split(" ") + [ENGLISH] * 3)[2]
