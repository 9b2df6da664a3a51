"""Opening a file at its page, with a real program in the viewer's place."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from searcher.cli import viewer
from searcher.errors import ConfigError

SPY = """#!{python}
import sys
from pathlib import Path
written = Path({out!r} + ".part")
written.write_text("\\n".join(sys.argv[1:]), encoding="utf-8")
written.rename({out!r})
"""


@pytest.fixture
def spied(tmp_path: Path) -> tuple[Path, Path]:
    """Return a program that writes down what it was given, and where it does."""
    program, out = tmp_path / "spy", tmp_path / "argv"
    program.write_text(SPY.format(python=sys.executable, out=str(out)), encoding="utf-8")
    program.chmod(0o755)
    return program, out


def told(out: Path) -> list[str]:
    for _ in range(200):
        if out.exists():
            return out.read_text(encoding="utf-8").split("\n")
        time.sleep(0.05)
    pytest.fail("the viewer was never started")


def test_the_viewer_is_given_file_and_page_as_words_of_their_own(
    spied: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, out = spied
    awkward = tmp_path / "a {page} $(touch x); 'b'.pdf"
    awkward.write_bytes(b"%PDF-")
    monkeypatch.setenv(viewer.VARIABLE, f"{program} --page={{page}} {{file}}")
    assert viewer.start(viewer.Place(awkward, page=5, label="iv"))
    assert told(out) == ["--page=5", str(awkward)]


def test_a_template_without_a_file_gets_it_at_the_end(tmp_path: Path) -> None:
    place = viewer.Place(tmp_path / "a.pdf", page=3)
    command = viewer.command_for(place, {viewer.VARIABLE: f"{sys.executable} -x"})
    assert command == (sys.executable, "-x", str(place.file))


def test_the_page_of_an_html_report_is_its_anchor(tmp_path: Path) -> None:
    place = viewer.Place(tmp_path / "a b.html", anchor="findings")
    command = viewer.command_for(place, {viewer.VARIABLE: f"{sys.executable} {{url}}"})
    assert command[1].startswith("file:///")
    assert command[1].endswith("/a%20b.html#findings")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a screen there")
def test_without_a_screen_nothing_is_started(tmp_path: Path) -> None:
    assert viewer.command_for(viewer.Place(tmp_path / "a.pdf", page=1), {}) == ()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a program without an ending")
@pytest.mark.parametrize("name", [known.split()[0] for known in viewer.PAGED])
def test_a_known_viewer_on_the_path_is_taken(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / name
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    place = viewer.Place(tmp_path / "a.pdf", page=7)
    command = viewer.command_for(place, {"DISPLAY": ":0"})
    assert command[0] == str(program)
    assert "7" in " ".join(command[1:])
    assert str(place.file) in " ".join(command[1:])


@pytest.mark.parametrize("template", ["no-such-viewer {file}", "'", "   "])
def test_a_viewer_that_cannot_be_is_said_to_be_wrong(template: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=viewer.VARIABLE):
        viewer.command_for(viewer.Place(tmp_path / "a.pdf"), {viewer.VARIABLE: template})
