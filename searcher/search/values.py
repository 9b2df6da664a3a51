"""Values of a report's record as people write them, resolved to what the index holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.errors import UnknownNameError
from searcher.near import nearest
from searcher.query.tree import Or, Query, Value

if TYPE_CHECKING:
    from searcher.index.library import Library


class Values:
    """Resolves ids and labels against one generation."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def resolve(self, value: Value) -> Query:
        """Return ``value`` by its id; a concept stands for itself and all that is narrower.

        Raises:
            UnknownNameError: it is not known; names the nearest.
        """
        if value.field == "report":
            return Value("report", self._library.report(value.text).id)
        if value.field == "publisher":
            return Value("publisher", self._publisher(value.text))
        from searcher.vocabulary import ConceptKind

        vocabulary = self._library.vocabulary(ConceptKind(value.field))
        concept = vocabulary.find(value.text)
        if concept is None:
            hint = f"searcher vocabulary list {value.field}s shows them all"
            near = vocabulary.near(value.text)
            raise UnknownNameError(value.field, value.text, near=near, hint=hint)
        ids = vocabulary.with_narrower(concept.id)
        alternatives = tuple(Value(value.field, concept_id) for concept_id in ids)
        return alternatives[0] if len(alternatives) == 1 else Or(alternatives)

    def _publisher(self, name: str) -> str:
        known = {publisher.casefold(): publisher for publisher in self._library.publishers()}
        if name.casefold() in known:
            return known[name.casefold()]
        near = nearest(name, known.values())
        hint = "searcher facets publisher lists them"
        raise UnknownNameError("publisher", name, near=near, hint=hint)
