"""Whether text recognition can be had, and where: the program ``tesseract`` and its door."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

from searcher.errors import UsageError

PROGRAM = "tesseract"
LIBRARY = "pytesseract"


def find_recogniser() -> str:
    """Return the path of tesseract.

    Raises:
        UsageError: it, or the library that runs it, is not installed.
    """
    if find_spec(LIBRARY) is None:
        msg = f"text recognition needs {LIBRARY}, which is not installed"
        raise UsageError(msg, hint="pip install 'searcher[ocr]'")
    path = shutil.which(PROGRAM)
    if path is None:
        msg = f"text recognition needs the program {PROGRAM}, which is not installed"
        raise UsageError(msg, hint="apt install tesseract-ocr, or brew install tesseract")
    return path
