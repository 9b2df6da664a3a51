"""The terms of our segments as Whoosh's queries ask for them: lookup, cursor, matcher."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from itertools import repeat
from struct import pack
from typing import TYPE_CHECKING, Any

from whoosh.codec import base
from whoosh.matching import ListMatcher, Matcher, NullMatcher, ReadTooFar
from whoosh.query.spans import Span
from whoosh.reading import TermInfo, TermNotFound

from searcher.index.whoosh.fields import FIELDS, LENGTHS, REPORT_FIELDS, TEXT_FIELDS
from searcher.index.whoosh.stem_places import StemPlaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from searcher.index.whoosh.records import Postings
    from searcher.index.whoosh.segment import Segment

Term = tuple[str, bytes]


class FlatTermsReader(base.TermsReader):  # type: ignore[misc] # whoosh ships no types
    """Looks up terms in a segment."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._places = StemPlaces(segment)

    def __contains__(self, term: Term) -> bool:
        return self._find(*term) is not None

    def close(self) -> None:
        """Let go of the file."""
        self._segment.close()

    def indexed_field_names(self) -> tuple[str, ...]:
        """Return the fields that have terms."""
        fields = self._segment.fields
        return tuple(name for name in FIELDS if fields[name].first < fields[name].end)

    def cursor(self, fieldname: str, fieldobj: Any) -> FlatCursor:  # noqa: ANN401
        """Return a cursor at the first term of a field."""
        return FlatCursor(self, self._segment, (fieldname, fieldobj))

    def terms(self) -> Iterator[Term]:
        """Yield every term in order."""
        return self.terms_from(FIELDS[0], b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """Yield the terms from one on, those of the following fields after those of its own."""
        return (term for term, _ in self._numbered(fieldname, prefix))

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        """Yield every term with what is known of it."""
        return self.items_from(FIELDS[0], b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        """As ``terms_from``, with what is known of each."""
        found = self._numbered(fieldname, prefix)
        return ((term, self.info(term[0], number)) for term, number in found)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return what is known of a term.

        Raises:
            TermNotFound: no passage holds it.
        """
        return self.info(fieldname, self._known(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how often a term occurs in all."""
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many passages hold a term."""
        number = self._find(fieldname, text)
        return 0 if number is None else len(self._passages(fieldname, number)[0])

    def matcher(  # noqa: PLR0917 as whoosh calls it
        self,
        fieldname: str,
        text: bytes,
        format_: object,
        scorer: object = None,
    ) -> FlatMatcher:
        """Return the matcher of a term.

        Raises:
            TermNotFound: no passage holds it.
        """
        number = self._known(fieldname, text)
        passages, held, postings = self._passages(fieldname, number)
        matcher = FlatMatcher(
            passages, [float(postings.frequencies[n]) for n in held], None, format_, scorer,
            term=(fieldname, text), terminfo=self.info(fieldname, number),
        )  # fmt: skip
        matcher.hold(held, partial(self._places.placed, fieldname, number))
        return matcher

    def info(self, fieldname: str, number: int) -> TermInfo:
        """Return what is known of a term by its number."""
        segment = self._segment
        passages, held, postings = self._passages(fieldname, number)
        lengths = [0]
        if fieldname in TEXT_FIELDS:
            codes = segment.lengths[fieldname]
            lengths = [LENGTHS[codes[unit]] for unit in postings.units]
        weight = sum(postings.frequencies[n] for n in held)
        return TermInfo(
            float(weight), len(passages), min(lengths), max(lengths),
            float(max(postings.frequencies)), passages[0], passages[-1],
        )  # fmt: skip

    def _passages(
        self, fieldname: str, number: int
    ) -> tuple[Sequence[int], Sequence[int], Postings]:
        """Return the passages that hold a term, which posting each is from, and the postings."""
        postings = self._segment.held(fieldname, number)
        if fieldname not in REPORT_FIELDS:
            return postings.units, range(len(postings.units)), postings
        firsts = self._segment.firsts
        passages: list[int] = []
        held: list[int] = []
        for index, report in enumerate(postings.units):
            own = range(firsts[report], firsts[report + 1])
            passages.extend(own)
            held.extend(repeat(index, len(own)))
        return passages, held, postings

    def _numbered(self, fieldname: str, start: bytes) -> Iterator[tuple[Term, int]]:
        if fieldname not in FIELDS:
            return
        segment = self._segment
        for name in FIELDS[FIELDS.index(fieldname) :]:
            first = segment.fields[name].first
            if name == fieldname:
                first = segment.at_or_after(name, start)
            for number in range(first, segment.fields[name].end):
                yield (name, segment.text(number)), number

    def _find(self, fieldname: str, text: bytes) -> int | None:
        return self._segment.find(fieldname, text) if fieldname in FIELDS else None

    def _known(self, fieldname: str, text: bytes) -> int:
        number = self._find(fieldname, text)
        if number is None:
            msg = f"{fieldname}:{text!r}"
            raise TermNotFound(msg)
        return number


class FlatCursor(base.FieldCursor):  # type: ignore[misc] # whoosh ships no types
    """Goes through the terms of a field."""

    def __init__(self, terms: FlatTermsReader, segment: Segment, field: tuple[str, Any]) -> None:
        self._terms = terms
        self._segment = segment
        self._name, self._object = field
        self._number = segment.fields[self._name].first

    def first(self) -> object:
        """Go to the first term and return it."""
        self._number = self._segment.fields[self._name].first
        return self.text()

    def find(self, term: str | bytes) -> object:
        """Go to the first term not before ``term`` and return it."""
        text = term if isinstance(term, bytes) else self._object.to_bytes(term)
        self._number = self._segment.at_or_after(self._name, text)
        return self.text()

    def next(self) -> object:
        """Go on and return the term, ``None`` after the last."""
        self._number += 1
        return self.text()

    def text(self) -> object:
        """Return the term, ``None`` after the last."""
        if not self.is_valid():
            return None
        text: object = self._object.from_bytes(self._segment.text(self._number))
        return text

    def term_info(self) -> TermInfo | None:
        """Return what is known of the term."""
        return self._terms.info(self._name, self._number) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Tell whether there is a term here."""
        return self._number < self._segment.fields[self._name].end


class FlatMatcher(ListMatcher):  # type: ignore[misc] # whoosh ships no types
    """The postings of a term, as Whoosh goes through them."""

    _postings: Postings | None = None

    def hold(self, held: Sequence[int], placed: Callable[[], Postings]) -> None:
        """Take positions from what ``placed`` returns; ``held`` says which for each passage."""
        self._held, self._placed = held, placed

    def copy(self) -> FlatMatcher:
        """Return a matcher at the same place."""
        copied = FlatMatcher(
            self._ids, self._weights, None, self._format, self._scorer, self._i,
            term=self._term, terminfo=self._terminfo,
        )  # fmt: skip
        copied.hold(self._held, self._placed)
        return copied

    def replace(self, minquality: float = 0) -> Matcher:  # noqa: ARG002 as whoosh calls it
        """Return what can stand here; a boost around this would not be told in ``minquality``."""
        return self if self.is_active() else NullMatcher()

    def id(self) -> int:
        """Return the passage; after the last that one, since Whoosh's ``AndNot`` asks on."""
        return int(self._ids[min(self._i, len(self._ids) - 1)])

    def skip_to(self, target: int) -> None:
        """Go on to the first passage not before ``target``."""
        if not self.is_active():
            raise ReadTooFar
        self._i: int = bisect_left(self._ids, target, self._i)

    def value(self) -> bytes:
        """Return the posting's value as the field's format writes it."""
        if self.supports("positions"):
            return bytes(self._format.encode(self._positions()))
        if self._format.fixed_value_size():
            return pack("!I", int(self.weight()))
        return b""

    def value_as(self, astype: str) -> object:
        """Return the posting's value as what is asked for."""
        match astype:
            case "positions":
                return self._positions()
            case "frequency":
                return int(self.weight())
            case "weight":
                return self.weight()
            case _:
                return super().value_as(astype)

    def spans(self) -> list[Span]:
        """Return the positions as spans."""
        return [Span(position) for position in self._positions()]

    def _positions(self) -> list[int]:
        if self._postings is None:
            self._postings = self._placed()
        return next(self._postings.positions([self._held[self._i]]))
