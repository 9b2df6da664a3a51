"""What all tests share: where the real reports lie, if they are here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.ingest.ingest import ingest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the real reports, so that it can be run alone: ``-m shared``."""
    for item in items:
        if isinstance(item, pytest.Function) and "shared" in item.fixturenames:
            item.add_marker(pytest.mark.shared)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real reports, judgements and truth; skip where it is missing."""
    if not SHARED.is_dir():
        if os.environ.get("REQUIRE_SHARED"):
            pytest.fail("../shared is missing, and no test that needs it may be skipped here")
        pytest.skip("needs ../shared: real reports, which are not in the repository")
    return SHARED


@pytest.fixture(scope="session")
def reports(root: Path) -> Path:
    """Return the folder of the bundled sample reports."""
    return root / "corpus" / "reports"


@pytest.fixture(scope="session")
def library_index(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of the bundled corpus, ingested once for all tests that only read it."""
    index = tmp_path_factory.mktemp("library") / "index"
    corpus = root / "corpus"
    ingest([corpus], Settings(corpus=corpus, index=index, workers=2))
    return index
