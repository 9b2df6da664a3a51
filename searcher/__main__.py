"""``searcher`` and ``python -m searcher``: run a command; say in one line what went wrong."""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import click

    from searcher.errors import SearcherError

SIGNALLED = 128
"""What a shell adds to the number of the signal that ended a command."""

INTERRUPT = 2
"""The number of SIGINT, on every system."""

COMPLETION = "_SEARCHER_COMPLETE"
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
WORLD = FULL | {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.ENAMETOOLONG}


OBJECTS = 100_000
"""How many objects may be made until the collector looks them over."""


def console() -> int:
    """Run the command that the command line names, alone in its process; return its status.

    What is imported stays, and a search is over before it makes rubbish that only the collector
    finds: to look everything over again and again takes a tenth of it.
    """
    gc.set_threshold(OBJECTS, 50, 100)
    try:
        return main()
    finally:
        gc.freeze()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that ``arguments`` name and return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    from searcher.cli.ending import Terminated
    from searcher.errors import SearcherError, StorageError

    try:
        status = _run(given)
        _flush()
    except SearcherError as error:
        return _report(error, given)
    except Terminated as end:
        return _say_ended("ended by a signal", end.args[0])
    except KeyboardInterrupt:
        return _say_ended("interrupted", INTERRUPT)
    except BrokenPipeError:
        return _abandon()
    except OSError as error:
        if error.errno not in WORLD:
            raise
        _abandon()
        place = f"{error.filename}: " if error.filename else ""
        hint = "free some space and run it again" if error.errno in FULL else ""
        return _report(StorageError(f"{place}{error.strerror}", hint=hint), given)
    return status


def _run(given: list[str]) -> int:
    """Parse and run the command.

    Raises:
        SearcherError: it cannot be done.
    """
    from searcher.cli.later import put_off

    put_off()
    from searcher.cli import straight
    from searcher.cli.render.terminal import tolerate_any_text

    tolerate_any_text()
    asked = None if COMPLETION in os.environ else straight.read(given)
    return _run_by_click(given) if asked is None else straight.run(asked)


def _run_by_click(given: list[str]) -> int:
    """Parse and run the command; click's own complaints become ours.

    Raises:
        SearcherError: it cannot be done.
    """
    import click

    from searcher.cli.ending import listen
    from searcher.cli.main import cli

    listen()
    if COMPLETION in os.environ:
        from click.shell_completion import shell_complete

        return shell_complete(cli, {}, "searcher", COMPLETION, os.environ[COMPLETION])
    try:
        with cli.make_context("searcher", list(given)) as context:
            status = cli.invoke(context)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.exceptions.NoArgsIsHelpError as nothing:
        nothing.show()
        return nothing.exit_code
    except click.ClickException as complaint:
        raise _translated(complaint) from complaint
    return status if isinstance(status, int) else 0


def _translated(complaint: click.ClickException) -> SearcherError:
    """Return click's complaint as an error of ours."""
    import click

    from searcher.errors import UnknownNameError, UsageError

    context = getattr(complaint, "ctx", None)
    hint = f"see {context.command_path if context else 'searcher'} --help"
    if isinstance(complaint, click.NoSuchOption):
        name, near = complaint.option_name, complaint.possibilities or ()
        return UnknownNameError("option", name, near=near, hint=hint)
    message = complaint.format_message()
    return UsageError(message[:1].lower() + message[1:].rstrip("."), hint=hint)


def _report(error: SearcherError, given: Sequence[str]) -> int:
    """Write ``error`` to standard error, as JSON where JSON was asked for."""
    from searcher.cli.render import failure, json_lines
    from searcher.cli.render.terminal import style_of

    if _asked(given, "--format") in {"json", "jsonl"}:
        lines = [json_lines.line(failure.shape(error))]
    else:
        lines = list(failure.lines(error, style_of(_asked(given, "--color"), sys.stderr)))
    with contextlib.suppress(BrokenPipeError, AttributeError):
        sys.stderr.write("\n".join(lines) + "\n")
        sys.stderr.flush()
    return error.exit_status


def _asked(given: Sequence[str], option: str) -> str:
    """Return what ``given`` says for ``option``, without the parser, which may have failed."""
    value = {"--format": "text", "--color": "auto"}[option]
    for word, following in pairwise([*given, ""]):
        if word == "--":
            break
        if word == "--json" and option == "--format":
            value = "json"
        elif word == option:
            value = following
        elif word.startswith(option + "="):
            value = word.removeprefix(option + "=")
    return value


def _say_ended(how: str, number: int) -> int:
    with contextlib.suppress(BrokenPipeError, AttributeError, OSError):
        sys.stderr.write(f"searcher: {how}\n")
    return SIGNALLED + number


def _flush() -> None:
    """Write what is still held back, while a closed pipe or a full disk can be answered."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _abandon() -> int:
    """Send the rest of standard output nowhere: whoever read it has seen enough."""
    if sys.stdout is not None:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, sys.stdout.fileno())
        os.close(sink)
    return 0


if __name__ == "__main__":
    sys.exit(console())
