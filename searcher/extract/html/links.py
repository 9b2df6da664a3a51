"""Where a link leads: to another page, to a file of the report, or to a place in this page."""

from __future__ import annotations

import re

_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|csv|ods|odt|rtf|txt|zip|pptx?)(?:$|[?#])", re.I)


def is_file(href: str) -> bool:
    """Tell whether ``href`` names a document or data, which belong to the report."""
    return _FILE.search(href) is not None


def is_elsewhere(href: str) -> bool:
    """Tell whether ``href`` leads to another page."""
    return bool(href) and not href.startswith("#") and not is_file(href)
