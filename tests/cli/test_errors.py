"""What can go wrong in the world: the message names the thing, the hint helps, the status tells."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run, environment

READERS = [
    ["search", "care"],
    ["reports"],
    ["show", "x"],
    ["open", "x"],
    ["facets", "theme"],
    ["cite", "x"],
    ["status"],
    ["quarantine"],
    ["rollback"],
    ["prune"],
]


def said(done: Ran, status: int) -> tuple[str, str]:
    """Return message and hint of a command that failed as it should."""
    assert done.returncode == status, done.stderr
    assert not done.stdout
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    assert lines[0].startswith("searcher: ")
    hints = [line for line in lines if line.startswith("  hint: ")]
    return lines[0], hints[0] if hints else ""


@pytest.mark.parametrize("words", READERS, ids=lambda words: words[0])
def test_without_an_index_one_is_told_how_to_make_it(words: list[str], run: Run) -> None:
    message, hint = said(run(*words), 3)
    assert "no index" in message
    assert "searcher ingest" in hint


def test_an_index_that_is_a_file_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    (tmp_path / "index").write_text("", encoding="utf-8")
    message, _ = said(run("reports", "--index", "index"), 2)
    assert "index" in message


@pytest.fixture
def index(library_index: Path, tmp_path: Path) -> Path:
    """Return a copy of the index of the bundled corpus, to be spoilt."""
    return Path(shutil.copytree(library_index, tmp_path / "index"))


def generation(index: Path) -> Path:
    return index / "generations" / (index / "LIVE").read_text(encoding="utf-8").strip()


def test_an_index_of_another_version_asks_to_be_rebuilt(index: Path, run: Run) -> None:
    manifest = generation(index) / "manifest.json"
    table = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(table | {"format_version": 999}), encoding="utf-8")
    message, hint = said(run("search", "care", "--index", str(index)), 3)
    assert "999" in message
    assert "searcher" in hint


@pytest.mark.parametrize("part", ["manifest.json", "library.db", "whoosh"])
@pytest.mark.parametrize("how", ["gone", "garbage"])
def test_a_damaged_index_is_said_to_be_damaged(part: str, how: str, index: Path, run: Run) -> None:
    path = generation(index) / part
    files = [entry for entry in path.rglob("*") if entry.is_file()] if path.is_dir() else [path]
    for file in files:
        file.chmod(0o644)
        if how == "gone":
            file.unlink()
        else:
            file.write_bytes(b"not what it was" * 100)
    for words in (["search", "care"], ["status"]):
        message, hint = said(run(*words, "--index", str(index)), 3)
        assert "damaged" in message
        assert "searcher rebuild" in hint


def test_a_live_generation_that_is_gone_is_damage(index: Path, run: Run) -> None:
    (index / "LIVE").write_text("20000101T000000Z\n", encoding="utf-8")
    said(run("search", "care", "--index", str(index)), 3)


def test_an_empty_folder_holds_nothing_to_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    message, hint = said(run("ingest", "empty"), 1)
    assert "empty" in message
    assert ".pdf" in hint


def test_a_folder_that_is_not_there_holds_nothing_to_read(run: Run) -> None:
    message, _ = said(run("ingest", "nowhere"), 1)
    assert "nowhere" in message


@pytest.mark.parametrize(
    ("query", "column"),
    [
        ('edge of "care leavers', 8),
        ("(respite", 0),
        ("respite)", 7),
        ("care AND", 8),
        ("year:x", 5),
        ("tittle:care", 0),
        ("", 0),
        ("c*", 0),
        ("日本語 (care", 4),
        ("(care leavers who moved far from home before they were sixteen", 0),
    ],
)
def test_a_query_that_cannot_be_read_has_a_caret_below_the_place(
    query: str, column: int, library_index: Path, run: Run
) -> None:
    done = run("search", "--index", str(library_index), "--", query)
    said(done, 2)
    _, shown, caret, *_ = done.stderr.split("\n")
    assert shown == f"  {query}".rstrip()
    wide = sum(character in "日本語" for character in query[:column])
    assert caret == "  " + " " * (column + wide) + "^"


def test_a_query_of_a_thousand_words_is_shown_around_the_place(
    library_index: Path, run: Run
) -> None:
    query = "care " * 500 + "(respite " + "care " * 500
    done = run("search", "--index", str(library_index), query)
    said(done, 2)
    _, shown, caret, *_ = done.stderr.split("\n")
    assert len(shown) < 90
    assert shown[caret.index("^")] == "("


def test_a_query_error_tells_scripts_the_column(library_index: Path, run: Run) -> None:
    done = run("search", "--json", "--index", str(library_index), "care (respite")
    error = json.loads(done.stderr)
    assert error["error"]["type"] == "QueryError"
    assert (error["query"], error["column"]) == ("care (respite", 5)


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (["show", "nwd-northshire"], "nwd-northshire-2017"),
        (["show", "nwd-northshire-2017@999"], "sheets 1 to"),
        (["show", "nwd-northshire-2017", "--label", "zz"], "labels run from"),
        (["show", "nwd-northshire-2017#999999-9999999"], "outside"),
        (["show", "nwd-northshire-2017@x"], "address is"),
        (["open", "nwd-northshire"], "nwd-northshire-2017"),
        (["cite", "nwd-northshire"], "nwd-northshire-2017"),
        (["search", "care", "--project", "no-wrong-dor"], "no-wrong-door"),
        (["search", "care", "--theme", "fosterin"], "fostering"),
        (["search", "projct:x"], "project"),
        (["search", "care", "--facet", "them"], "theme"),
        (["facets", "outcme"], "outcome"),
        (["search", "care", "--format", "jsonk"], "json"),
        (["reports", "--publisher", "Sample Trial Unit"], "Sample Trials Unit"),
        (["vocabulary", "list", "project-s"], "projects"),
        (["schema", "reslts"], "results"),
        (["show", "nwd"], "did you mean nwd-northshire-2017?"),
        (["reports", "--publisher", "sample centre"], "Sample Centre for Family Evidence"),
        (["search", "care", "--outcome", "foo"], "searcher vocabulary list outcomes"),
        (["schema", "nope"], "known are citation, config"),
        (["cite", "x", "--format", "endnote"], "known are plain, json, bibtex"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_an_unknown_name_is_told_its_neighbours(
    words: list[str], near: str, library_index: Path, run: Run, root: Path
) -> None:
    common = ["--index", str(library_index), "--corpus", str(root / "corpus")]
    _, hint = said(run(*words, *common), 2)
    assert near in hint
    assert hint.count("plain") <= 1


GOOD = "id,file,title,authors,publisher,year,projects,themes,outcomes,designs,url,notes\n"


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        (GOOD + "a,x.pdf,,,,,,,,,,\na,y.pdf,,,,,,,,,,\n", "line 3, column id", "line 2"),
        (GOOD + "a,x.pdf,,,,,,fosterin,,,,\n", "line 2, column themes", "'fosterin'"),
        (GOOD + "a,x.pdf,,,,20017,,,,,,\n", "line 2, column year", "'20017'"),
        (GOOD + "a,x.pdf,,,\n", "line 2", ""),
        (GOOD + 'a,"x.pdf,,,,,,,,,,\n', "line 2", ""),
        (GOOD.replace("year", "yaer"), "line 1", "year"),
    ],
    ids=["duplicate-id", "unknown-term", "bad-year", "short-row", "open-quote", "no-column"],
)
@pytest.mark.parametrize("command", ["check", "ingest"])
def test_a_mistake_in_the_catalogue_has_its_line_and_column(
    command: str, text: str, place: str, problem: str, run: Run, tmp_path: Path, root: Path
) -> None:
    corpus = corpus_with(text.encode(), tmp_path, root)
    words, status = (["catalogue", "check"], 1) if command == "check" else (["ingest"], 2)
    message, _ = said(run(*words, "--corpus", str(corpus)), status)
    assert f"catalogue.csv, {place}" in message
    assert problem in message


def test_a_catalogue_in_another_encoding_says_so(run: Run, tmp_path: Path, root: Path) -> None:
    text = GOOD + "a,x.pdf,Café,,,,,,,,,\n"
    corpus = corpus_with(text.encode("latin-1"), tmp_path, root)
    message, _ = said(run("catalogue", "check", "--corpus", str(corpus)), 1)
    assert "catalogue.csv, line 2" in message
    assert "UTF-8" in message


def corpus_with(catalogue: bytes, tmp_path: Path, root: Path) -> Path:
    """Return a corpus of one small report with this catalogue and the bundled vocabulary."""
    corpus = tmp_path / "corpus"
    shutil.copytree(root / "corpus" / "vocabulary", corpus / "vocabulary")
    (corpus / "catalogue.csv").write_bytes(catalogue)
    (corpus / "x.txt").write_text("Foster carers stayed longer.\n", encoding="utf-8")
    return corpus


def test_two_ingests_at_once_are_one_too_many(run: Run, tmp_path: Path, root: Path) -> None:
    corpus = corpus_with(GOOD.encode(), tmp_path, root)
    index = tmp_path / "index"
    index.mkdir()
    with (index / ".lock").open("a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        message, hint = said(run("ingest", "--corpus", str(corpus)), 3)
    assert "another process" in message
    assert "wait" in hint


def test_an_index_that_may_not_be_written_is_status_3(run: Run, tmp_path: Path, root: Path) -> None:
    corpus = corpus_with(GOOD.encode(), tmp_path, root)
    done = run("ingest", "--corpus", str(corpus), "--index", str(corpus / "x.txt" / "index"))
    message, _ = said(done, 3)
    assert "x.txt" in message


def test_a_full_disk_leaves_the_live_index_as_it_was(
    library_index: Path, tmp_path: Path, root: Path
) -> None:
    """A file-size limit stands in for the full disk: it fails the same writes."""
    corpus = corpus_with(GOOD.encode(), tmp_path, root)
    index = Path(shutil.copytree(library_index, tmp_path / "index"))
    before = (index / "LIVE").read_text(encoding="utf-8")
    command = f"ulimit -f 8; exec {sys.executable} -m searcher ingest --corpus {corpus}"
    done = subprocess.run(
        ["bash", "-c", f"trap '' XFSZ; {command} --index {index}"],
        capture_output=True,
        encoding="utf-8",
        env=environment(tmp_path),
        check=False,
    )
    said(done, 3)
    assert (index / "LIVE").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("text", ["colour = 'x'\n", "workers = 'many'\n", "color = 'red'\n", "[["])
def test_a_mistake_in_the_settings_names_the_file(text: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "searcher.toml").write_text(text, encoding="utf-8")
    message, hint = said(run("config"), 2)
    assert "searcher.toml" in message
    assert hint


def test_an_error_about_a_hostile_name_steers_no_terminal(run: Run) -> None:
    message, _ = said(run("ingest", "a\x1b[2J\u202eb"), 1)
    assert "\x1b" not in message
    assert "\u202e" not in message


@pytest.mark.parametrize(
    "words", [["show"], ["cite"], ["open", "--print"], ["search", "--project"]]
)
def test_a_name_of_broken_bytes_is_wrong_usage(
    words: list[str], library_index: Path, tmp_path: Path
) -> None:
    more = ["care"] if words[0] == "search" else []
    done = subprocess.run(
        [sys.executable, "-m", "searcher", *words, b"\xff", *more, "--index", library_index],
        capture_output=True, encoding="utf-8", env=environment(tmp_path), check=False,
    )  # fmt: skip
    said(done, 2)


@pytest.mark.parametrize("words", ["cite -", "search -", "facets theme -"])
@pytest.mark.parametrize(("fed", "told"), [("<&-", "is closed"), ("< broken", "not UTF-8")])
def test_standard_input_that_cannot_be_read_is_wrong_usage(
    words: str, fed: str, told: str, library_index: Path, tmp_path: Path
) -> None:
    (tmp_path / "broken").write_bytes(b"nwd\xff\n")
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m searcher {words} --index {library_index} {fed}"],
        capture_output=True, encoding="utf-8", cwd=tmp_path, env=environment(tmp_path), check=False,
    )  # fmt: skip
    message, _ = said(done, 2)
    assert told in message


def test_no_address_to_cite_is_wrong_usage(library_index: Path, run: Run) -> None:
    message, _ = said(run("cite", "-", "--index", str(library_index), stdin="\n \n"), 2)
    assert "holds no address" in message


@pytest.mark.parametrize("what", ["catalogue", "vocabulary"])
def test_nothing_to_check_is_not_said_to_be_without_mistake(
    what: str, run: Run, tmp_path: Path
) -> None:
    message, hint = said(run(what, "check"), 1)
    assert "is not there" in message
    assert hint
    if what == "vocabulary":
        (tmp_path / "corpus" / "vocabulary").mkdir(parents=True)
        message, _ = said(run(what, "check"), 1)
        assert "holds no table" in message
