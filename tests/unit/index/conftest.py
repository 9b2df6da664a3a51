"""What the tests of a broken index share."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def leftovers() -> Iterator[None]:
    """Close within the test what Whoosh leaves open where it breaks off."""
    yield
    gc.collect()
