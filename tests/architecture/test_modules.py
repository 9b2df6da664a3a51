"""What every module of the package keeps to, read from its source."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "searcher").rglob("*.py"))
NAMES = [path.relative_to(ROOT).as_posix() for path in MODULES]
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
VAGUE = {"utils", "helpers", "base", "common", "misc", "manager", "service"}

RUNNING = {"eval", "exec", "pickle.loads", "pickle.load", "os.system", "marshal.loads"}

Node = TypeVar("Node", bound=ast.AST)


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    """Return the tree of every module by its path."""
    return {
        name: ast.parse(path.read_text(encoding="utf-8"))
        for name, path in zip(NAMES, MODULES, strict=True)
    }


def nodes(trees: dict[str, ast.Module], kind: type[Node]) -> Iterator[tuple[str, Node]]:
    """Yield every node of ``kind`` with the place it stands at."""
    for name, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, kind):
                yield f"{name}:{getattr(node, 'lineno', 0)}", node


def test_every_module_opens_with_its_idea(trees: dict[str, ast.Module]) -> None:
    assert {name for name, tree in trees.items() if not ast.get_docstring(tree)} == set()


def test_every_function_can_be_read_at_a_glance(trees: dict[str, ast.Module]) -> None:
    lengths = {
        f"{place} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for place, node in nodes(trees, ast.FunctionDef)
    }
    assert len(lengths) > 500
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}


def test_nothing_is_caught_blindly(trees: dict[str, ast.Module]) -> None:
    blind = {
        place
        for place, node in nodes(trees, ast.ExceptHandler)
        if node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"}
    }
    assert blind == set()


def test_nothing_runs_what_it_reads(trees: dict[str, ast.Module]) -> None:
    called = {(place, ast.unparse(node.func)) for place, node in nodes(trees, ast.Call)}
    assert {(place, name) for place, name in called if name in RUNNING} == set()


def test_no_module_is_longer_than_can_be_kept_in_mind() -> None:
    lengths = {
        name: path.read_text(encoding="utf-8").count("\n")
        for name, path in zip(NAMES, MODULES, strict=True)
    }
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_a_module_is_named_after_what_it_holds() -> None:
    assert {path.stem for path in MODULES}.isdisjoint(VAGUE)


def test_rooms_import_only_downwards_and_libraries_have_one_door() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    if not lint_imports.exists():
        pytest.skip("needs import-linter, of the dev extra")
    done = subprocess.run(
        [lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout
