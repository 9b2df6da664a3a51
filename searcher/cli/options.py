"""The options that every command takes, and the kinds of value that several share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from searcher import __version__
from searcher.cli import values
from searcher.cli.narrow import FILTERS, Years, narrowed, years_of
from searcher.cli.settings import COLORS, META
from searcher.config import LEAST

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound="Callable[..., Any]")


class Option(click.Option):
    """An option whose help is taken as it is written; click would load ``inspect`` for it."""

    def __init__(self, *words: Any, help: str = "", **more: Any) -> None:  # noqa: A002, ANN401
        super().__init__(*words, **more)
        self.help = help or None


option = partial(click.option, cls=Option)


class Folder(click.ParamType[Path]):
    """The path of a folder, which need not be there; click's own type looks for translations."""

    name = "directory"

    def convert(
        self,
        value: Any,  # noqa: ANN401
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Path:
        """Return ``value`` as a path."""
        path = Path(value)
        if path.is_file():
            self.fail(f"Directory {value!r} is a file.", param, ctx)
        return path

    def shell_complete(
        self, _ctx: click.Context, _param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Let the shell complete ``incomplete`` with the folders there are."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="dir")]


def remember(ctx: click.Context, param: click.Parameter, value: object) -> None:
    """Keep a common option where the command that runs finds it; the innermost one wins."""
    name = param.name or ""
    if ctx.get_parameter_source(name) is not ParameterSource.DEFAULT:
        ctx.meta[META + name] = value


def _remember_json(ctx: click.Context, _param: click.Parameter, value: object) -> None:
    if value:
        ctx.meta[META + "format"] = "json"


def on_request(tell: Callable[[click.Context], str]) -> Callable[..., None]:
    """Return the callback of an option that has ``tell`` printed, and nothing else done."""

    def told(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001
        if value and not ctx.resilient_parsing:
            click.echo(tell(ctx), color=ctx.color)
            ctx.exit()

    return told


_request = partial(Option, is_flag=True, expose_value=False, is_eager=True)
HELP = _request(
    ["-h", "--help"],
    callback=on_request(click.Context.get_help),
    help="Show this message and exit.",
)
VERSION = _request(
    ["-V", "--version"],
    callback=on_request(lambda ctx: f"{ctx.find_root().info_name} {__version__}"),
    help="Show the version and exit.",
)

_option = partial(Option, expose_value=False, callback=remember)


def common(formats: Sequence[str] = ()) -> list[click.Parameter]:
    """Return the common options, new ones for each command, which prints ``formats``."""
    how = "How to print the answer" + (": " + ", ".join(formats) if formats else "") + "."
    folder = Folder()
    return [
        _option(["--index"], type=folder, metavar="DIR", help="The index. [default: index]"),
        _option(["--corpus"], type=folder, metavar="DIR", help="The corpus. [default: corpus]"),
        _option(["--format"], metavar="NAME", help=how),
        Option(
            ["--json", "as_json"],
            is_flag=True,
            expose_value=False,
            callback=_remember_json,
            help="Short for --format json; errors are JSON too.",
        ),
        _option(["-q", "--quiet"], is_flag=True, help="Nothing beside the answer."),
        _option(["-v", "--verbose"], count=True, help="Say more of what is going on."),
        _option(["--color"], type=click.Choice(COLORS), help="When to use colour."),
        _option(["--no-pager"], is_flag=True, help="Print straight to the terminal."),
    ]


def years(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Years | None:
    """Return the first and the last year of ``value``.

    Raises:
        click.BadParameter: it is none, and no range.
    """
    try:
        return None if value is None else years_of(value)
    except ValueError as exc:
        raise click.BadParameter(str(exc)) from exc


WORKERS = ("--workers", "workers", "N", "Reading processes; 0 for one a processor.")
FOR_A_FILE = (
    ("--timeout", "timeout_seconds", "S", "Seconds for one file."),
    ("--cpu", "cpu_seconds", "S", "Processor seconds for one file."),
    ("--memory", "memory_mb", "MB", "Memory for one file."),
    ("--file-size", "file_mb", "MB", "The largest file that is read."),
    ("--file-pages", "file_pages", "N", "The longest file that is read, in pages."),
)


def limits(command: F) -> F:
    """Give ``command`` the limits under which files are read; they are settings."""
    return _settings(command, (WORKERS, *FOR_A_FILE))


def limits_of_a_file(command: F) -> F:
    """Give ``command`` the limits under which one file is read."""
    return _settings(command, FOR_A_FILE)


def _settings(command: F, numbers: Sequence[tuple[str, str, str, str]]) -> F:
    """Give ``command`` settings that are numbers: option, name, metavar and help of each."""
    for flag, name, metavar, told in reversed(numbers):
        command = option(
            flag,
            name,
            type=click.IntRange(min=LEAST[name]),
            metavar=metavar,
            help=told,
            callback=remember,
            expose_value=False,
        )(command)
    return command


def narrowing(command: F) -> Callable[..., Any]:
    """Give ``command`` the options that restrict it to some reports, as one ``only``."""

    @wraps(command)
    def narrow(*words: object, year: Years | None, **options: Any) -> object:  # noqa: ANN401
        values = {name: options.pop(name) for name, _ in FILTERS}
        return command(*words, only=narrowed(values, year), **options)

    made: Callable[..., Any] = option(
        "--year", callback=years, metavar="A..B", help="Published from A to B; either may lack."
    )(narrow)
    for name, of in reversed(FILTERS):
        made = option(
            f"--{name}",
            multiple=True,
            metavar="NAME",
            shell_complete=values.OF_FIELD[name],
            help=f"Only reports of this {of}; may be repeated.",
        )(made)
    return made
