"""The commands that the documentation shows are run, and print what it shows."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import environment

PAGES = ("README.md", "docs/tutorial.md", "docs/query-language.md", "docs/reading-quality.md")
PROMPT = "$ "


@dataclass(frozen=True)
class Example:
    """A command line and the lines that should follow it; ``…`` stands for anything."""

    command: str
    expected: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """What the output has to look like."""
        lines = ["(?:.*\n)*?" if line == "…" else pattern_of(line) for line in self.expected]
        return re.compile("".join(lines))


def pattern_of(line: str) -> str:
    """Return a pattern of one line; white space may be wider where columns align."""
    pieces = (re.escape(piece).replace(r"\ \ ", r"\ +") for piece in line.split("…"))
    return ".*".join(pieces) + "\n"


def examples(page: Path) -> list[Example]:
    """Return the commands of the page's consoles, in order."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.M):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *expected = part.removesuffix("\n").split("\n")
            found.append(Example(command, tuple(expected)))
    return found


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_shows_is_what_happens(name: str, root: Path, tmp_path: Path) -> None:
    page = root / name
    (tmp_path / "corpus").symlink_to(root / "corpus")
    if not any(example.command == "searcher ingest" for example in examples(page)):
        ran("searcher ingest", tmp_path)
    for example in examples(page):
        shown = ran(example.command, tmp_path)
        assert not example.expected or example.pattern.fullmatch(shown), (
            f"{example.command}\n{shown}"
        )


def ran(command: str, folder: Path) -> str:
    """Run a line of a shell with our own ``searcher``; return what a person sees."""
    ours = f'searcher() {{ {shlex.quote(sys.executable)} -m searcher "$@"; }}; '
    done = subprocess.run(
        ["bash", "-c", ours + command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        cwd=folder,
        env=environment(folder),
        check=False,
    )
    failed = "\n  hint: " in done.stdout
    assert done.returncode == (2 if failed else 4 if command == "searcher ingest" else 0)
    return done.stdout


def test_the_pages_link_to_pages_that_are_there(root: Path) -> None:
    for page in (root / "docs").glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
