"""A codec of Whoosh's over our segments: what its readers ask, answered from our arrays.

Whoosh's own searcher, queries and matchers work on it and find the same. It reads only: segments
are written by our own writer, since Whoosh's hands over one posting at a time.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh import columns
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Segment

from searcher.index.whoosh.codec_terms import FlatTermsReader
from searcher.index.whoosh.fields import LENGTHS, REPORT_FIELDS, TEXT_FIELDS
from searcher.index.whoosh.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COLUMNS = ("key", "group", "year", "page")


class FlatSegment(W3Segment):  # type: ignore[misc] # whoosh ships no types
    """What Whoosh's table of contents says of one of our segments."""

    ENDING = ".seg"

    def __init__(self, indexname: str, segid: str | None = None) -> None:
        super().__init__(FlatCodec(), indexname, segid=segid)

    def opened(self, storage: Any) -> Segment:  # noqa: ANN401 a storage of Whoosh's
        """Open the file of the segment."""
        return Segment(Path(storage.folder) / self.make_filename(self.ENDING))


class FlatCodec(base.Codec):  # type: ignore[misc] # whoosh ships no types
    """Opens our segments for Whoosh."""

    def per_document_reader(self, storage: Any, segment: FlatSegment) -> FlatPassages:  # noqa: ANN401
        """Return the reader of lengths and columns."""
        return FlatPassages(segment.opened(storage), segment)

    def terms_reader(self, storage: Any, segment: FlatSegment) -> FlatTermsReader:  # noqa: ANN401
        """Return the reader of terms and postings."""
        return FlatTermsReader(segment.opened(storage))

    def new_segment(self, _: object, indexname: str) -> FlatSegment:
        """Return a segment that has nothing yet."""
        return FlatSegment(indexname)


class FlatPassages(base.PerDocumentReader):  # type: ignore[misc] # whoosh ships no types
    """What a segment knows of each passage, which Whoosh calls a document."""

    def __init__(self, segment: Segment, entry: FlatSegment) -> None:
        self._segment = segment
        self._entry = entry

    def close(self) -> None:
        """Let go of the file."""
        self._segment.close()

    def doc_count(self) -> int:
        """Return the number of passages not deleted."""
        return self._segment.passages - int(self._entry.deleted_count())

    def doc_count_all(self) -> int:
        """Return the number of passages."""
        return self._segment.passages

    def has_deletions(self) -> bool:
        """Tell whether a passage is deleted."""
        return bool(self._entry.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether this passage is."""
        return bool(self._entry.is_deleted(docnum))

    def deleted_docs(self) -> Iterator[int]:
        """Return those that are."""
        return iter(self._entry.deleted_docs())

    def supports_columns(self) -> bool:
        """Tell that there are columns."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Tell whether a field has one."""
        return fieldname in COLUMNS

    def column_reader(self, fieldname: str, _: object) -> FlatColumn:
        """Return the column of a field."""
        segment = self._segment
        match fieldname:
            case "key":
                return FlatColumn(segment.keys)
            case "group":
                return FlatColumn(segment.groups, segment.owners)
            case "year":
                return FlatColumn(segment.numbers["year"], segment.owners)
            case _:
                return FlatColumn(segment.numbers[fieldname])

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the length of a field of a passage in terms, as near as it is kept."""
        if fieldname not in TEXT_FIELDS:
            return default
        segment = self._segment
        unit = segment.owners[docnum] if fieldname in REPORT_FIELDS else docnum
        return LENGTHS[segment.lengths[fieldname][unit]]

    def field_length(self, fieldname: str) -> int:
        """Return the length of a field over all passages."""
        return self._segment.fields[fieldname].length if fieldname in TEXT_FIELDS else 0

    def min_field_length(self, fieldname: str) -> int:
        """Return the length of a field where it is shortest."""
        return LENGTHS[min(self._segment.lengths[fieldname], default=0)]

    def max_field_length(self, fieldname: str) -> int:
        """Return the length of a field where it is longest."""
        return LENGTHS[max(self._segment.lengths[fieldname], default=0)]

    def stored_fields(self, _: int) -> dict[str, object]:
        """Return nothing: what an answer prints lies in the library."""
        return {}


class FlatColumn(columns.ColumnReader):  # type: ignore[misc] # whoosh ships no types
    """A column of numbers of the passages, or of their reports where ``owners`` are given."""

    def __init__(self, values: Sequence[int], owners: Sequence[int] | None = None) -> None:
        self._values = values
        self._owners = owners
        self._sign = 1

    def __len__(self) -> int:
        return len(self._values if self._owners is None else self._owners)

    def __getitem__(self, docnum: int) -> int:
        return self._values[docnum if self._owners is None else self._owners[docnum]]

    def __iter__(self) -> Iterator[int]:
        return (self[docnum] for docnum in range(len(self)))

    def sort_key(self, docnum: int) -> int:
        """Return what a passage is sorted by."""
        return self._sign * self[docnum]

    def set_reverse(self) -> None:
        """Sort the other way."""
        self._sign = -1
