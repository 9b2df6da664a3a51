"""On a real terminal: colour, pager, width; each run has a pseudo-terminal of its own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import environment

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")

PAGER = """#!{python}
import sys
import time
from pathlib import Path
Path({out!r}).write_text(sys.stdin.read(), encoding="utf-8")
"""


def on_a_screen(words: list[str], home: Path, **variables: str) -> tuple[int, str]:
    """Return exit status and what a terminal of 60 columns was sent."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "searcher", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(home, **{"COLUMNS": "60", "TERM": "xterm", **variables}),
        cwd=home,
    )
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # how Linux says that the other end is closed
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    return process.wait(timeout=30), shown.decode()


@pytest.fixture
def pager(tmp_path: Path) -> tuple[Path, Path]:
    program, out = tmp_path / "pager", tmp_path / "paged"
    program.write_text(PAGER.format(python=sys.executable, out=str(out)), encoding="utf-8")
    program.chmod(0o755)
    return program, out


def test_on_a_terminal_the_answer_is_coloured_and_fits(tmp_path: Path) -> None:
    status, shown = on_a_screen(["config", "--no-pager"], tmp_path)
    assert status == 0
    assert "\x1b[" in shown
    assert all(len(line) <= 60 + len("\x1b[2m\x1b[0m") for line in shown.splitlines())


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_that_wants_no_colour_gets_none(
    variables: dict[str, str], tmp_path: Path
) -> None:
    status, shown = on_a_screen(["config", "--no-pager"], tmp_path, **variables)
    assert status == 0
    assert "\x1b" not in shown


def test_an_error_on_a_terminal_is_coloured_but_clean(tmp_path: Path) -> None:
    status, shown = on_a_screen(["config", "--format", "\x1b[2Jx"], tmp_path)
    assert status == 2
    assert "\x1b[1;31msearcher:" in shown
    assert "\x1b[2J" not in shown


@pytest.mark.parametrize("variable", ["SEARCHER_PAGER", "PAGER"])
def test_on_a_terminal_the_answer_goes_through_the_pager(
    variable: str, pager: tuple[Path, Path], tmp_path: Path
) -> None:
    program, out = pager
    status, shown = on_a_screen(["config"], tmp_path, **{variable: str(program)})
    assert (status, shown) == (0, "")
    assert "timeout_seconds" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "variables"),
    [
        (["config", "--no-pager"], {}),
        (["config"], {"PAGER": ""}),
        (["config"], {"PAGER": "cat"}),
        (["config"], {"PAGER": "no-such-pager -x"}),
        (["config"], {"PAGER": "false", "TERM": "dumb"}),
    ],
)
def test_without_a_pager_the_answer_goes_to_the_terminal(
    words: list[str], variables: dict[str, str], tmp_path: Path
) -> None:
    status, shown = on_a_screen(words, tmp_path, **variables)
    assert status == 0
    assert "timeout_seconds" in shown


def test_a_pager_that_is_no_command_is_a_wrong_setting(tmp_path: Path) -> None:
    status, shown = on_a_screen(["config"], tmp_path, PAGER='less "')
    assert status == 2
    assert "Traceback" not in shown
    assert "PAGER" in shown


def test_off_a_terminal_there_is_no_pager(pager: tuple[Path, Path], tmp_path: Path) -> None:
    program, out = pager
    done = subprocess.run(
        [sys.executable, "-m", "searcher", "config"],
        capture_output=True,
        env=environment(tmp_path, PAGER=str(program)),
        cwd=tmp_path,
        check=True,
    )
    assert b"timeout_seconds" in done.stdout
    assert not out.exists()


def test_a_pager_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    assert on_a_screen(["config"], tmp_path, PAGER="true") == (0, "")


@pytest.mark.parametrize("words", [["config"], ["search", "families"]], ids=lambda words: words[0])
def test_told_to_end_it_takes_its_pager_along(
    words: list[str], library_index: Path, tmp_path: Path
) -> None:
    note = tmp_path / "pager.pid"
    waiting = f"sh -c 'cat >/dev/null; echo $$ >{note}.new; mv {note}.new {note}; exec sleep 60'"
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "searcher", *words],
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=environment(tmp_path, PAGER=waiting, TERM="xterm", SEARCHER_INDEX=str(library_index)),
        cwd=tmp_path,
    )
    deadline = time.monotonic() + 30
    while not note.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.terminate()
    _, told = process.communicate(timeout=30)
    os.close(theirs)
    os.close(ours)
    assert (process.returncode, told) == (143, b"searcher: ended by a signal\n")
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text(encoding="utf-8")), 0)


@pytest.mark.parametrize("width", [40, 80])
def test_on_a_terminal_an_answer_breaks_no_word(
    width: int, library_index: Path, tmp_path: Path
) -> None:
    words = ["search", "families", "--no-pager", "--color", "never", "--index", str(library_index)]
    status, shown = on_a_screen(words, tmp_path, COLUMNS=str(width))
    assert status == 0
    lines = shown.replace("\r\n", "\n").splitlines()
    too_long = [line for line in lines if len(line) > width]
    assert [line for line in too_long if " " in line.strip()] == []
    assert any(line.startswith("  ") and not line.startswith("    ") for line in lines)
    assert not any(line.rstrip().endswith(("p.", "[sheet")) for line in lines)
