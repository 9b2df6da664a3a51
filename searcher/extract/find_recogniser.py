"""Whether text recognition can be had, and where: tesseract, its door, and its languages."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.util import find_spec

from searcher.errors import UsageError
from searcher.extract.recogniser import ENGLISH, PROGRAM, Recogniser

LIBRARY = "pytesseract"

_CODE = re.compile(r"[A-Za-z][A-Za-z_/]*")
_PACKAGED = re.compile(r"[a-z]{3}(?:_[a-z]+)?")
_NO_LANGUAGES = frozenset({"osd", "equ"})
"""What comes with the languages: how a sheet is turned, and formulas."""
_SECONDS = 30


def find_recogniser(languages: str = ENGLISH) -> Recogniser:
    """Return what reads sheets without text in ``languages``.

    Raises:
        UsageError: tesseract, the library that runs it, or one of the languages is not installed.
    """
    if find_spec(LIBRARY) is None:
        msg = f"text recognition needs {LIBRARY}, which is not installed"
        raise UsageError(msg, hint="pip install 'searcher[ocr]'")
    path = shutil.which(PROGRAM)
    if path is None:
        msg = f"text recognition needs the program {PROGRAM}, which is not installed"
        raise UsageError(msg, hint="apt install tesseract-ocr, or brew install tesseract")
    installed = _installed(path)
    codes = languages.split("+")
    for code in codes:
        if code not in installed:
            msg = f"text recognition: language {code!r} is not installed"
            raise UsageError(msg, hint=_hint(code, installed))
    return Recogniser(path, "+".join(dict.fromkeys(codes)))


def _installed(path: str) -> list[str]:
    """Return the languages that the program at ``path`` can read.

    Raises:
        UsageError: it does not say.
    """
    try:
        told = subprocess.run(  # noqa: S603 - a fixed question to the program that was found
            [path, "--list-langs"], capture_output=True, check=True, timeout=_SECONDS
        )
    except (OSError, subprocess.SubprocessError) as exc:
        msg = f"text recognition: {path} does not say which languages it reads"
        raise UsageError(msg, hint="install tesseract again") from exc
    lines = (told.stdout + told.stderr).decode("utf-8", "replace").split("\n")  # stderr in 3.x
    codes = (line.strip() for line in lines)
    return sorted(code for code in codes if _CODE.fullmatch(code) and code not in _NO_LANGUAGES)


def _hint(code: str, installed: list[str]) -> str:
    known = f"installed are {', '.join(installed)}" if installed else "none is installed"
    if not _PACKAGED.fullmatch(code):
        return f"{known}; a language goes by three letters, several by eng+cym"
    package = f"tesseract-ocr-{code.replace('_', '-')}"
    return f"{known}; apt install {package}, or brew install tesseract-lang"
