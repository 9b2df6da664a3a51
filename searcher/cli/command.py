"""Commands and groups that know the common options, and names that are nearly right."""

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from searcher.cli.options import HELP, common
from searcher.cli.settings import unknown
from searcher.errors import CorpusFileError, NothingToReadError
from searcher.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from click.formatting import HelpFormatter

WIDEST = 88
PROMPT = "$ "


class Command(click.Command):
    """A command that prints ``formats``, and ``more``, and gets the ``Face`` of its run."""

    formats: tuple[str, ...] = ()
    more: Callable[[], tuple[str, ...]] = tuple

    def invoke(self, ctx: click.Context) -> object:
        """Run the command with its face."""
        from searcher.cli.face import face_of

        formats = dict.fromkeys((*self.formats, *self.more()))
        ctx.obj = face_of(ctx.meta, tuple(formats))
        return super().invoke(ctx)

    def get_help_option(self, _ctx: click.Context) -> click.Option:
        """Return the option that asks for the help."""
        return HELP

    def format_help_text(self, _ctx: click.Context, formatter: HelpFormatter) -> None:
        """Write what the command does, its examples as they are."""
        write_text(self.help or "", formatter)

    def format_options(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """Write the command's own options, then the common ones."""
        write_options(self, ctx, formatter)


def command(
    name: str,
    *,
    formats: Sequence[str] = ("text", "json"),
    more: Callable[[], tuple[str, ...]] = tuple,
) -> Callable[[Callable[..., Any]], Command]:
    """Return a decorator that makes a function the command ``name``.

    The first of ``formats`` is printed unless another is asked for; ``more`` finds those that
    are installed.
    """

    def make(function: Callable[..., Any]) -> Command:
        made = click.command(name, cls=Command)(function)
        made.formats = tuple(formats)
        made.more = more
        made.params.extend(common(formats))
        return made

    return make


@contextmanager
def check() -> Iterator[None]:
    """Let a mistake in a file of the corpus be a check that did not hold: exit status 1."""
    try:
        yield
    except CorpusFileError as error:
        error.exit_status = 1
        raise


def refuse_nothing(path: Path, *, hint: str) -> None:
    """Say that there is nothing to check.

    Raises:
        NothingToReadError: ``path`` is not there.
    """
    if not path.exists():
        msg = f"{path}: is not there"
        raise NothingToReadError(msg, hint=hint)


@dataclass(frozen=True, slots=True)
class Entry:
    """A command that is imported when it is asked for."""

    name: str
    place: str
    help: str
    section: str


class Group(click.Group):
    """A group whose commands are imported on use; ``--help`` and ``--version`` import none."""

    entries: tuple[Entry, ...] = ()

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        return [entry.name for entry in self.entries] or super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command ``cmd_name``, imported now, or ``None``."""
        for entry in self.entries:
            if entry.name == cmd_name:
                module, _, attribute = entry.place.partition(":")
                found: click.Command = getattr(import_module(module), attribute)
                return found
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that ``args`` begin with.

        Raises:
            UnknownNameError: there is no such command.
        """
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise unknown(args[0], kind="command", known=self.list_commands(ctx))
        return super().resolve_command(ctx, args)

    def get_help_option(self, _ctx: click.Context) -> click.Option:
        """Return the option that asks for the help."""
        return HELP

    def format_help_text(self, _ctx: click.Context, formatter: HelpFormatter) -> None:
        """Write what the commands are for, the examples as they are."""
        write_text(self.help or "", formatter)

    def format_options(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """Write the commands by section, then the options."""
        if self.entries:
            for section in dict.fromkeys(entry.section for entry in self.entries):
                with formatter.section(section):
                    formatter.write_dl([
                        (entry.name, entry.help)
                        for entry in self.entries
                        if entry.section == section
                    ])
        else:
            self.format_commands(ctx, formatter)
        write_options(self, ctx, formatter)


def write_text(text: str, formatter: HelpFormatter) -> None:
    """Write paragraphs; one whose lines begin with ``$`` holds commands and stays as it is."""
    from textwrap import dedent

    first, _, rest = text.strip().partition("\n")
    for paragraph in f"{first}\n{dedent(rest)}".strip().split("\n\n"):
        formatter.write_paragraph()
        with formatter.indentation():
            if not paragraph.startswith(PROMPT):
                formatter.write_text(paragraph)
                continue
            for line in paragraph.split("\n"):
                example = line.removeprefix(PROMPT)
                formatter.write(f"{'':{2 * formatter.current_indent}}{example}\n")


def write_options(made: click.Command, ctx: click.Context, formatter: HelpFormatter) -> None:
    """Write the options of ``made``, the common ones in a section of their own."""
    shared = {param.name for param in common()}
    own: list[tuple[str, str]] = []
    everywhere: list[tuple[str, str]] = []
    for param in made.get_params(ctx):
        record = param.get_help_record(ctx)
        if record is not None and not isinstance(param, click.Argument):
            (everywhere if param.name in shared else own).append(record)
    for title, records in (("Options", own), ("Options of every command", everywhere)):
        if records:
            with formatter.section(title):
                formatter.write_dl(records)
