"""The title of a table of contents, and the lines without a number between its entries.

They belong to the contents: nothing stands below them that anybody could want to find.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.extract.pdf.blocks.drafts import Draft

_CONTENTS = re.compile(
    r"^(?:table of )?contents(?: page)?(?:\W+(?:continued|cont[’'.]?d?))?\W*$", re.IGNORECASE
)
_LISTS = r"(?:tables|figures|charts|boxes|annexes|appendices|exhibits|maps|illustrations)"
_LIST = re.compile(
    rf"^(?:(?:table of )?contents\b.{{0,30}}|(?:list of )?{_LISTS}(?:(?:,| and|,? &) {_LISTS})*)$",
    re.IGNORECASE,
)
_PROSE_LINES = 3
_LOOSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


def is_contents_title(text: str) -> bool:
    """Tell whether ``text`` can be nothing but the title of contents, or of a list of figures."""
    return _CONTENTS.match(text) is not None or (
        text[:4].casefold() == "list" and _LIST.match(text) is not None
    )


def with_contents_marked(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Return a sheet's ``drafts`` with all that belongs to its contents marked as contents."""
    listed = [index for index, draft in enumerate(drafts) if draft.kind is BlockKind.TOC]
    inside = {index for index, draft in enumerate(drafts) if _is_title(drafts, index)}
    if not any(_is_prose(draft) for draft in drafts):
        inside.update(range(min(inside), len(drafts)) if inside else ())
        inside.update(range(listed[0], listed[-1]) if listed else ())
    return tuple(
        replace(draft, kind=BlockKind.TOC)
        if (index in inside and _is_line(draft)) or _is_linked(draft)
        else draft
        for index, draft in enumerate(drafts)
    )


def _is_title(drafts: Sequence[Draft], index: int) -> bool:
    text = drafts[index].text
    if is_contents_title(text):
        return True
    following = drafts[index + 1] if index + 1 < len(drafts) else None
    leads = following is not None and following.kind is BlockKind.TOC
    return leads and _LIST.match(text) is not None


def _is_linked(draft: Draft) -> bool:
    """Tell whether a block is contents without page numbers, as a web page printed has them."""
    lines = draft.lines
    is_listed = draft.kind is BlockKind.PARAGRAPH and len(lines) > _PROSE_LINES
    return is_listed and _CONTENTS.match(lines[0].text) is not None


def _is_line(draft: Draft) -> bool:
    return draft.kind in _LOOSE and len(draft.lines) < _PROSE_LINES and not draft.text.endswith(".")


def _is_prose(draft: Draft) -> bool:
    return draft.kind in _LOOSE and len(draft.lines) >= _PROSE_LINES
