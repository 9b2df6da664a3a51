"""What all tests share: where the real reports lie, if they are here."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real reports, judgements and truth; skip where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared: real reports, which are not in the repository")
    return SHARED


@pytest.fixture(scope="session")
def reports(root: Path) -> Path:
    """Return the folder of the bundled sample reports."""
    return root / "corpus" / "reports"
