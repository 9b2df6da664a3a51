"""Write docs/commands.md from the commands themselves.

With ``--check`` nothing is written; exit status 1 says that the file is not what it should be.
"""

from __future__ import annotations

import sys
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from searcher.cli.command import Command
from searcher.cli.main import COMMANDS, cli
from searcher.cli.options import common

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
PROMPT = "$ "
INTRODUCTION = """# Commands

Made from the commands by `scripts/make_command_reference.py`; `searcher COMMAND --help` says the
same. [formats.md](formats.md) tells what scripts may rely on,
[query-language.md](query-language.md) what a query can say.
"""


def reference() -> str:
    """Return the whole page."""
    context = cli.make_context("searcher", [], resilient_parsing=True)
    parts = [INTRODUCTION, "## Options of every command\n", *rows(common(), context)]
    section = ""
    for entry in COMMANDS:
        command = cli.get_command(context, entry.name)
        if command is None:
            continue
        if entry.section != section:
            section = entry.section
            parts.append(f"\n## {section}")
        parts += described(command, click.Context(command, parent=context, info_name=entry.name))
    return "\n".join(parts).rstrip() + "\n"


def described(command: click.Command, context: click.Context) -> Iterator[str]:
    """Yield a command's heading, usage, text, examples and options; then those below it."""
    yield f"\n### {context.command_path}\n"
    pieces = [piece for piece in command.collect_usage_pieces(context) if piece != "[OPTIONS]"]
    yield f"`{' '.join([context.command_path, *pieces])}`\n"
    for paragraph in cleandoc(command.help or "").split("\n\n"):
        if paragraph.startswith(PROMPT):
            yield f"```console\n{paragraph}\n```\n"
        else:
            yield paragraph + "\n"
    if isinstance(command, Command):
        yield f"Formats: {', '.join(dict.fromkeys((*command.formats, *command.more())))}.\n"
    shared = {option.name for option in common()}
    own = [option for option in command.params if option.name not in shared]
    yield from rows(own, context)
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from described(below, click.Context(below, parent=context, info_name=name))


def rows(options: list[click.Parameter], context: click.Context) -> Iterator[str]:
    """Yield a table of those of ``options`` that are options; nothing where there is none."""
    records = [
        option.get_help_record(context) for option in options if isinstance(option, click.Option)
    ]
    if any(records):
        yield "| option | does |\n|---|---|"
    for flags, told in filter(None, records):
        yield f"| `{flags.replace('|', chr(92) + '|')}` | {told.replace('|', chr(92) + '|')} |"


def main() -> int:
    """Write the page, or check it."""
    page = reference()
    if "--check" in sys.argv[1:]:
        same = TARGET.exists() and TARGET.read_text(encoding="utf-8") == page
        print("docs/commands.md is as it should be" if same else "docs/commands.md is stale")
        return 0 if same else 1
    TARGET.write_text(page, encoding="utf-8")
    print(f"wrote {TARGET.relative_to(TARGET.parent.parent)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
