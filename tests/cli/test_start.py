"""The command as such: version, help, what it imports, how it ends."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from searcher import __version__
from searcher.cli.command import Command, Group
from searcher.cli.main import COMMANDS, cli
from tests.cli.conftest import Run, environment

SELDOM = (
    "argparse", "ast", "bs4", "bz2", "click", "csv", "dataclasses", "difflib", "dis", "email",
    "importlib.metadata", "importlib.resources", "inspect", "ipaddress", "locale", "logging",
    "lxml", "lzma", "numpy", "pdfminer", "platform", "platformdirs", "pypdfium2", "random", "shlex",
    "shutil", "signal", "subprocess", "symspellpy", "tempfile", "textwrap", "tomllib", "uuid",
    "whoosh",
)  # fmt: skip
"""What a search of words does without."""

MOST_MODULES, MOST_OF_OURS = 145, 85
"""How many a search loads at most, and of our own: each takes 0.1 to 0.5 ms of its 40."""

SEARCH = """
import sys
before = set(sys.modules)
from searcher.__main__ import main
status = main(["search", "care", "--index", sys.argv[1]])
for name, module in sys.modules.items():
    if name not in before and getattr(module, "__spec__", None):
        print(name, file=sys.stderr)
sys.exit(status)
"""

HEAVY = ("whoosh", "pdfminer", "pypdfium2", "sqlite3", "bs4", "lxml", "tomllib", "csv")


@pytest.mark.parametrize("words", [["--version"], ["--help"]])
def test_version_and_help_import_no_command_and_no_engine(words: list[str], tmp_path: Path) -> None:
    code = (
        "import sys; from searcher.__main__ import main; "
        f"status = main({words!r}); print(*sorted(sys.modules), sep='\\n'); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        env=environment(tmp_path),
        check=True,
    )
    loaded = set(done.stdout.split())
    assert not loaded.intersection(HEAVY)
    assert not loaded.intersection(entry.place.partition(":")[0] for entry in COMMANDS)


def test_a_search_loads_only_what_it_uses(library_index: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SEARCH, str(library_index)],
        capture_output=True,
        encoding="utf-8",
        env=environment(tmp_path),
        check=True,
    )
    loaded = set(done.stderr.split())
    assert "searcher.search.engine" in loaded
    assert loaded.isdisjoint(SELDOM)
    assert len(loaded) <= MOST_MODULES
    assert len([name for name in loaded if name.startswith("searcher")]) <= MOST_OF_OURS


def test_what_is_put_off_is_there_when_it_is_used(tmp_path: Path) -> None:
    code = (
        "import sys; from searcher.cli.later import SELDOM_USED, put_off; put_off();"
        "import click, inspect, ipaddress;"
        "assert 'ast' not in sys.modules;"
        "assert inspect.cleandoc(' a') == 'a' and 'ast' in sys.modules;"
        "assert str(ipaddress.ip_address('::1')) == '::1' and not hasattr(inspect, 'no_such_name');"
        "assert all(sys.modules[name].__spec__ for name in SELDOM_USED)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, env=environment(tmp_path), check=False)
    assert (done.stderr, done.returncode) == (b"", 0)


def test_the_version_is_the_packages(run: Run) -> None:
    assert run("--version").stdout == f"searcher {__version__}\n"


def test_help_names_every_command_under_its_section(run: Run) -> None:
    shown = run("--help").stdout
    assert re.findall(r"^(Search|Librarian|Scripts):$", shown, re.MULTILINE) == [
        "Search",
        "Librarian",
        "Scripts",
    ]
    for entry in COMMANDS:
        assert re.search(rf"^  {entry.name} +{re.escape(entry.help)}$", shown, re.MULTILINE)


def test_no_words_show_the_help_and_are_wrong_usage(run: Run) -> None:
    done = run()
    assert done.returncode == 2
    assert not done.stdout
    assert done.stderr.startswith("Usage: searcher")


@pytest.mark.parametrize("name", [entry.name for entry in COMMANDS])
def test_every_command_takes_the_common_options_and_shows_an_example(name: str, run: Run) -> None:
    done = run(name, "--help")
    assert done.returncode == 0
    for option in (
        "--index",
        "--corpus",
        "--format",
        "--json",
        "-q",
        "-v",
        "--color",
        "--no-pager",
    ):
        assert option in done.stdout
    assert re.search(rf"^    (\S+=\S.* )?searcher {name}", done.stdout, re.MULTILINE)


def test_every_help_fits_a_narrow_terminal() -> None:
    for made in leaves():
        examples = [line for line in (made.help or "").split("\n") if "$ " in line]
        assert all(len(line) <= 90 for line in examples), made.name


def leaves() -> list[Command]:
    """Return every command, those of groups too."""
    found: list[Command] = []
    for entry in COMMANDS:
        made = cli.get_command(cli.make_context("searcher", [], resilient_parsing=True), entry.name)
        subs = made.commands.values() if isinstance(made, Group) else [made]
        found += [sub for sub in subs if isinstance(sub, Command)]
    return found


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["serch"], "did you mean search?"),
        (["catalog"], "did you mean catalogue?"),
        (["vocabulary", "lst"], "did you mean list?"),
        (["config", "--jsn"], "did you mean --json?"),
        (["config", "--format", "jsn"], "did you mean json?"),
        (["schema", "result"], "did you mean results?"),
    ],
)
def test_a_near_miss_is_told_and_is_wrong_usage(words: list[str], hint: str, run: Run) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert not done.stdout
    first, second = done.stderr.splitlines()
    assert first.startswith("searcher: ")
    assert hint.removesuffix("?") in second


@pytest.mark.parametrize(
    "words",
    [
        ["--json", "serch"],
        ["search", "--json", "--limit", "x", "care"],
        ["--format", "jsonl", "show"],
        ["--format=json", "search", "--year", "2019..2016", "care"],
        ["search", "--json"],
        ["search", "care", "--json"],
    ],
)
def test_with_json_an_error_is_one_json_object_on_stderr(words: list[str], run: Run) -> None:
    done = run(*words)
    assert not done.stdout
    error = json.loads(done.stderr)["error"]
    assert error["type"].endswith("Error")
    assert error["message"]
    assert error["exit_status"] == done.returncode


def test_after_two_dashes_json_is_a_word_and_not_an_option(run: Run) -> None:
    assert run("serch", "--", "--json").stderr.startswith("searcher: ")


@pytest.mark.parametrize(
    "year", ["2016..2019..", "16", "..", "20167", "a..b", "2019..2016", "2016-2019"]
)
def test_a_year_that_is_none_is_wrong_usage(year: str, run: Run) -> None:
    done = run("search", "--year", year, "care")
    assert done.returncode == 2
    assert year in done.stderr


def test_a_closed_pipe_is_silent(tmp_path: Path) -> None:
    command = f"{sys.executable} -m searcher schema results | head -1"
    for _ in range(5):
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {command}"],
            capture_output=True,
            encoding="utf-8",
            env=environment(tmp_path),
            check=False,
        )
        assert (done.stdout, done.stderr, done.returncode) == ("{\n", "", 0)


def test_a_closed_pipe_is_silent_at_the_very_end_too(tmp_path: Path) -> None:
    code = (
        "import os, sys; sys.argv = ['searcher', '--version']; "
        "from searcher.__main__ import main; read, write = os.pipe(); os.close(read); "
        "os.dup2(write, 1); sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment(tmp_path), check=False
    )
    assert (done.stderr, done.returncode) == (b"", 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_standard_output_is_one_line_and_status_3(tmp_path: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "searcher", "config"],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=environment(tmp_path),
            cwd=tmp_path,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr.startswith("searcher: ")
    assert "Traceback" not in done.stderr


def test_without_any_standard_output_nothing_breaks(tmp_path: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m searcher config >&-"],
        capture_output=True,
        encoding="utf-8",
        env=environment(tmp_path),
        cwd=tmp_path,
        check=False,
    )
    assert (done.stderr, done.returncode) == ("", 0)


def test_interrupted_it_says_so_in_one_line(tmp_path: Path) -> None:
    code = (
        "import sys, click; sys.argv = ['searcher', 'config'];"
        "from searcher.cli.main import cli; from searcher.__main__ import main\n"
        "def stop(*_): raise KeyboardInterrupt\n"
        "cli.invoke = stop; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        env=environment(tmp_path),
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "searcher: interrupted\n", 130)


def test_our_own_fault_keeps_its_traceback(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['searcher', 'config'];"
        "from searcher.cli.main import cli; from searcher.__main__ import main\n"
        "def stop(*_): return 1 / 0\n"
        "cli.invoke = stop; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        env=environment(tmp_path),
        check=False,
    )
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr
