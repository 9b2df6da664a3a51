"""The command ``searcher`` and the table of its commands."""

from __future__ import annotations

import click

from searcher.cli.command import WIDEST, Entry, Group
from searcher.cli.options import VERSION, common

SEARCH, LIBRARIAN, SCRIPTS = "Search", "Librarian", "Scripts"


def _entry(name: str, section: str, short: str) -> Entry:
    return Entry(name, f"searcher.cli.{name}:{name}", short, section)


COMMANDS = (
    _entry("search", SEARCH, "Find passages that answer a query."),
    _entry("reports", SEARCH, "List the reports and what is known of each."),
    _entry("show", SEARCH, "Print a report's outline, a page or a passage."),
    Entry("open", "searcher.cli.open:open_report", "Open a report at a page.", SEARCH),
    _entry("facets", SEARCH, "Count projects, reports and passages by a field."),
    _entry("cite", SEARCH, "Print citations of reports, pages and passages."),
    _entry("ingest", LIBRARIAN, "Read reports into the index."),
    _entry("status", LIBRARIAN, "Tell what the index holds and whether it is whole."),
    _entry("doctor", LIBRARIAN, "Tell what is wrong with the index, and what to do."),
    _entry("quality", LIBRARIAN, "Tell how well the reports were read, with a grade."),
    _entry("quarantine", LIBRARIAN, "List the files that could not be read, and why."),
    _entry("rebuild", LIBRARIAN, "Build the index again from what was read before."),
    _entry("rollback", LIBRARIAN, "Go back to the generation before the live one."),
    _entry("prune", LIBRARIAN, "Remove generations that nobody needs."),
    _entry("catalogue", LIBRARIAN, "Check, extend and show the catalogue."),
    _entry("vocabulary", LIBRARIAN, "List, show and check the vocabularies."),
    _entry("evaluate", SCRIPTS, "Measure ranking on queries with known answers."),
    _entry("config", SCRIPTS, "Show each setting and where it comes from."),
    _entry("schema", SCRIPTS, "Print the JSON Schema of an answer."),
    _entry("completion", SCRIPTS, "Print the completion script of a shell."),
)


@click.group(
    cls=Group,
    name="searcher",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDEST},
)
def cli() -> None:
    """Find passages in evaluation reports, each with its page and ready to cite.

    $ searcher ingest corpus/                    read the reports once
    $ searcher search edge of care costs         ranked passages, grouped by report
    $ searcher show nwd-northshire-2017 --page 5
    $ searcher cite nwd-northshire-2017@5
    """


cli.entries = COMMANDS
cli.params.extend([VERSION, *common()])
