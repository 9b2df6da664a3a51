"""Headings as the file itself tags them: PDF's structure tree, read through PDFium.

Only what holds headings is walked: paragraphs, lists, tables, figures and contents are passed
over with all that is in them. Of a wide element (a report whose every paragraph hangs on one
root) only the neighbourhood of this sheet's part is looked at, because PDFium lists the children
of all sheets. Whether the tags of a file are to be believed is for ``headings`` to say.
"""

from __future__ import annotations

import ctypes
from itertools import repeat
from typing import TYPE_CHECKING

from pypdfium2 import raw

from searcher.extract.pdf.readers import calls
from searcher.extract.pdf.readers.calls import handle_of
from searcher.extract.pdf.words import TaggedHeading

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEVELS = {"H": 1, "H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}
_GROUPS = frozenset({"Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "NonStruct"})
_DEEPEST = 12  # groups inside one another
_WIDE = 200  # children: an element with more is not looked through from end to end
_GAP = 24  # children of other sheets in a row end this sheet's part of a wide element
_MOST_ELEMENTS = 20_000  # of one sheet: a tree may hold itself
_MOST_MARKS = 60  # runs of text of one heading: more is no heading
_PATIENCE = 16  # sheets at the front (of a part) without a heading: the tags name none
_TYPE_BYTES = 48
_USUAL = 256  # letters of one text object: few have more


class TagReader:
    """Reads the tagged headings of one file's sheets, which are asked for in their order."""

    def __init__(self) -> None:
        self._buffer = ctypes.create_string_buffer(_TYPE_BYTES)
        self._last: dict[int, int] = {}  # depth: where this sheet's part of a wide element ended
        self._left = 0  # elements that may still be looked at on this sheet
        self._bare = 0  # sheets in a row from the first on that name no heading

    def headings(
        self, page: raw.FPDF_PAGE, text_page: raw.FPDF_TEXTPAGE
    ) -> tuple[TaggedHeading, ...]:
        """Return the headings that are tagged on ``page``, in the tree's order."""
        tree = raw.FPDF_StructTree_GetForPage(page) if self._bare < _PATIENCE else None
        if not tree:
            return ()
        self._left = _MOST_ELEMENTS
        try:
            found = list(self._walk_roots(tree))
        finally:
            raw.FPDF_StructTree_Close(tree)
        wanted = frozenset(mark for _, marks in found for mark in marks)
        if not wanted:
            self._bare += self._bare >= 0
            return ()
        self._bare = -1  # there are some: look to the end
        texts = _marked_texts(page, text_page, wanted)
        named = ((level, "".join(texts.get(mark, "") for mark in marks)) for level, marks in found)
        return tuple(TaggedHeading(" ".join(text.split()), level) for level, text in named if text)

    def _walk_roots(self, tree: raw.FPDF_STRUCTTREE) -> Iterator[tuple[int, tuple[int, ...]]]:
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            child = raw.FPDF_StructTree_GetChildAtIndex(tree, index)
            if child:
                yield from self._walk(ctypes.cast(child, ctypes.c_void_p).value or 0, 0)

    def _walk(self, element: int, depth: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield the level and the marks of each heading in ``element``."""
        self._left -= 1
        if self._left <= 0:
            return
        kind = self._type(element)
        level = _LEVELS.get(kind)
        if level is not None:
            marks = tuple(self._marks(element, depth))
            if len(marks) <= _MOST_MARKS:
                yield level, marks
        elif kind in _GROUPS and depth < _DEEPEST:
            for child in self._children(element, depth):
                yield from self._walk(child, depth + 1)

    def _type(self, element: int) -> str:
        size = calls.ELEMENT_TYPE(handle_of(element), self._buffer, _TYPE_BYTES)
        return self._buffer.raw[: size - 2 : 2].decode("latin-1") if 2 < size <= _TYPE_BYTES else ""

    def _children(self, address: int, depth: int) -> Iterator[int]:
        """Yield the children that have a part on this sheet."""
        element = handle_of(address)
        count = calls.ELEMENT_COUNT(element)
        if count <= _WIDE:
            for index in range(count):
                child = calls.ELEMENT_CHILD(element, index)
                if child:
                    yield child
            return
        start = max(self._last.get(depth, 0) - _GAP, 0)
        missed, found = 0, False
        for index in range(start, count):
            child = calls.ELEMENT_CHILD(element, index)
            if child:
                found, missed = True, 0
                self._last[depth] = index
                yield child
            elif found:
                missed += 1
                if missed > _GAP:
                    return

    def _marks(self, address: int, depth: int) -> Iterator[int]:
        """Yield the ids of the marked content in an element and in what it holds."""
        element = handle_of(address)
        for index in range(calls.ELEMENT_COUNT(element)):
            self._left -= 1
            mark = calls.ELEMENT_CHILD_MARK(element, index)
            if mark >= 0:
                yield mark
                continue
            child = calls.ELEMENT_CHILD(element, index)
            if child and depth < _DEEPEST and self._left > 0:
                yield from self._marks(child, depth + 1)


def _marked_texts(
    page: raw.FPDF_PAGE, text_page: raw.FPDF_TEXTPAGE, wanted: frozenset[int]
) -> dict[int, str]:
    """Return the text of each of the ``wanted`` marks on ``page``."""
    texts: dict[int, str] = {}
    sheet = handle_of(page)
    count = raw.FPDFPage_CountObjects(page)
    for found in map(calls.OBJECT, repeat(sheet), range(count)):
        thing = ctypes.c_void_p.from_param(found)
        mark = calls.OBJECT_MARK(thing)
        if mark not in wanted:
            if len(texts) == len(wanted):  # a mark is one stretch of the page's content
                break
        elif calls.KIND(thing) == raw.FPDF_PAGEOBJ_TEXT:
            texts[mark] = texts.get(mark, "") + _text(found, text_page)
    return texts


def _text(address: int, text_page: raw.FPDF_TEXTPAGE) -> str:
    thing = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    buffer = (ctypes.c_ushort * _USUAL)()  # each call looks through all letters of the sheet
    size = raw.FPDFTextObj_GetText(thing, text_page, buffer, 2 * _USUAL)
    if size <= 2:
        return ""
    if size > 2 * _USUAL:
        buffer = (ctypes.c_ushort * (size // 2))()
        raw.FPDFTextObj_GetText(thing, text_page, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")
