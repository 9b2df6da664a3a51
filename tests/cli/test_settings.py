"""Settings, schemas, completion and the bundled vocabulary, as a person finds them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from searcher.results.schema import schema
from tests.cli.conftest import Run
from tests.unit.results.schemas import problems


def test_every_schema_can_be_printed(run: Run) -> None:
    for name in run("schema").stdout.split():
        printed = run("schema", name).stdout
        assert json.loads(printed)["$schema"].endswith("2020-12/schema")
        assert printed.strip() == schema(name).strip()


def test_settings_tell_where_they_come_from(run: Run, tmp_path: Path) -> None:
    (tmp_path / "searcher.toml").write_text("workers = 2\ncorpus = 'reports'\n", encoding="utf-8")
    done = run("config", "--index", "elsewhere", "--json", SEARCHER_MEMORY_MB="900")
    shape = json.loads(done.stdout)
    assert not problems("config", shape)
    origins = {entry["name"]: (entry["value"], entry["origin"]) for entry in shape["settings"]}
    assert origins["index"] == ("elsewhere", "option")
    assert origins["memory_mb"] == (900, "SEARCHER_MEMORY_MB")
    assert origins["workers"] == (2, str(tmp_path / "searcher.toml"))
    assert origins["corpus"] == (str(tmp_path / "reports"), str(tmp_path / "searcher.toml"))
    assert origins["timeout_seconds"][1] == "default"


@pytest.mark.parametrize(
    "option", ["--memory", "--timeout", "--cpu", "--file-size", "--file-pages"]
)
def test_a_limit_too_small_is_refused_by_the_name_it_was_given(run: Run, option: str) -> None:
    done = run("ingest", option, "0")
    assert done.returncode == 2
    assert f"'{option}'" in done.stderr
    if option == "--memory":
        assert "100" in run("ingest", option, "99").stderr
        assert f"'{option}'" in run("ingest", option, "99").stderr


def test_a_command_s_option_beats_the_groups(run: Run) -> None:
    shape = json.loads(
        run("--index", "a", "--format", "text", "config", "--index", "b", "--json").stdout
    )
    assert next(e["value"] for e in shape["settings"] if e["name"] == "index") == "b"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_its_script(shell: str, run: Run) -> None:
    script = run("completion", shell).stdout
    assert "_SEARCHER_COMPLETE" in script
    assert "searcher" in script


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["sea"], "search"),
        (["show", "nwd"], "nwd-northshire-2017"),
        (["search", "care", "--project", "no-"], "no-wrong-door"),
        (["search", "care", "--theme", "fost"], "fostering"),
        (["search", "care", "--outcome", "entries"], "entries-to-care"),
        (["reports", "--design", "rc"], "rct"),
        (["search", "--publisher", "Sample Tr"], "Sample Trials Unit"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_names_are_completed_from_the_live_index(words: list[str], expected: str, ask: Run) -> None:
    line = " ".join(["searcher", *(f"'{word}'" for word in words)])
    variables = {"COMP_WORDS": line, "COMP_CWORD": str(len(words))}
    done = ask(_SEARCHER_COMPLETE="bash_complete", **variables)
    assert f"plain,{expected}" in done.stdout.splitlines()


def test_completion_without_an_index_is_silent(run: Run) -> None:
    variables = {"COMP_WORDS": "searcher show n", "COMP_CWORD": "2"}
    done = run(_SEARCHER_COMPLETE="bash_complete", **variables)
    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_the_bundled_vocabulary_and_catalogue_hold_no_mistake(ask: Run) -> None:
    assert "no mistake" in ask("vocabulary", "check").stdout
    assert "no mistake" in ask("catalogue", "check").stdout


def test_a_concept_is_shown_by_id_or_label(ask: Run) -> None:
    by_id = ask("vocabulary", "show", "projects", "no-wrong-door").stdout
    assert ask("vocabulary", "show", "project", "No Wrong Door").stdout == by_id
    assert "North Yorkshire" in by_id
    concepts = json.loads(ask("vocabulary", "list", "themes", "--json").stdout)
    assert "fostering" in {concept["id"] for concept in concepts}
