"""Values for the shell to complete, read from the live index; without one there are none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from searcher.cli.settings import settings_of
from searcher.errors import SearcherError

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

    from searcher.index.library import Library

Named = Iterator[tuple[str, str]]
Complete = Callable[["click.Context", "click.Parameter", str], "list[CompletionItem]"]


def _from_index(
    read: Callable[[Library], Named], ctx: click.Context, _param: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Return what ``read`` finds in the live index and begins with ``begun``."""
    from click.shell_completion import CompletionItem

    from searcher.cli.render.terminal import one_line
    from searcher.index.snapshot import open_snapshot

    try:
        with open_snapshot(settings_of(ctx.meta)[0].index) as snapshot:
            return [
                CompletionItem(one_line(value), help=one_line(label))
                for value, label in read(snapshot.library)
                if value.startswith(begun)
            ]
    except SearcherError:  # a shell that completes has no use for a message
        return []


def _reports(library: Library) -> Named:
    yield from ((report.id, report.title) for report in library.reports())


def _publishers(library: Library) -> Named:
    yield from (
        (name, "") for name in sorted({r.publisher or "" for r in library.reports()}) if name
    )


def _concepts(kind: str, library: Library) -> Named:
    from searcher.vocabulary import ConceptKind

    vocabulary = library.vocabularies().of(ConceptKind(kind))
    used = {concept for report in library.reports() for concept in getattr(report, kind + "s")}
    yield from ((concept, vocabulary.label(concept)) for concept in sorted(used))


reports: Complete = partial(_from_index, _reports)
OF_FIELD: dict[str, Complete] = {
    kind: partial(_from_index, partial(_concepts, kind))
    for kind in ("project", "theme", "outcome", "design")
}
OF_FIELD["publisher"] = partial(_from_index, _publishers)
