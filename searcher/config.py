"""Settings, each with where it came from.

Precedence: option, ``SEARCHER_*`` variable, ``searcher.toml`` (the nearest, going up), the
user's configuration folder, the default. A path in a file is relative to that file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from searcher.errors import ConfigError
from searcher.frozen import dataclass
from searcher.near import nearest

FILE_NAME = "searcher.toml"
PREFIX = "SEARCHER_"
LEAST: Mapping[str, int] = MappingProxyType({
    "workers": 0, "timeout_seconds": 1, "cpu_seconds": 1, "memory_mb": 100, "file_mb": 1,
    "file_pages": 1, "index_memory_mb": 16,
    "generations": 1,
})  # fmt: skip
"""The smallest number that each setting can do anything with."""

MOST = 1_000_000

Value = str | int | Path


def default_workers() -> int:
    """Return the number of processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(len(os.sched_getaffinity(0)), 1)
    return max(os.cpu_count() or 1, 1)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting. Sizes are in MB of 10^6 bytes, times in seconds, for one file each.

    ``index_memory_mb`` is what sorting the postings of a build may take; what does not fit goes
    to disk meanwhile.
    """

    corpus: Path = Path("corpus")
    index: Path = Path("index")
    workers: int = 0
    timeout_seconds: int = 120
    cpu_seconds: int = 90
    memory_mb: int = 1500
    file_mb: int = 200
    file_pages: int = 10_000
    index_memory_mb: int = 256
    generations: int = 3
    color: str = "auto"
    pager: str = ""

    @property
    def worker_count(self) -> int:
        """The number of reading processes: ``workers``, or one for each processor if 0."""
        return self.workers or default_workers()


@dataclass(frozen=True, slots=True)
class Origin:
    """One setting as ``searcher config`` shows it."""

    name: str
    value: Value
    origin: str


DEFAULTS = Settings()
NAMES = tuple(Settings.__annotations__)


def resolve(
    options: Mapping[str, Value | None], *, start: Path
) -> tuple[Settings, tuple[Origin, ...]]:
    """Return the settings in force for a command run in ``start`` with ``options``.

    Raises:
        ConfigError: a setting is unknown or of the wrong kind.
    """
    layers = [
        {name: (value, "option") for name, value in options.items() if value is not None},
        _from_environment(),
        *(_from_file(path) for path in _files(start)),
    ]
    chosen: dict[str, Origin] = {}
    for name in NAMES:
        value, origin = next(
            (layer[name] for layer in layers if name in layer), (getattr(DEFAULTS, name), "default")
        )
        chosen[name] = Origin(name, _checked(name, value, origin), origin)
    settings = Settings(**{name: entry.value for name, entry in chosen.items()})  # type: ignore[arg-type]
    return settings, tuple(chosen.values())


def _files(start: Path) -> list[Path]:
    """Return the configuration files that apply, the strongest first."""
    nearest = next(
        (up / FILE_NAME for up in (start, *start.parents) if (up / FILE_NAME).is_file()), None
    )
    user = _users_folder() / "searcher" / FILE_NAME
    return [path for path in (nearest, user) if path is not None and path.is_file()]


def _users_folder() -> Path:
    """Return where the system keeps a person's settings, each program's in a folder of its own."""
    chosen = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    usual = "~/Library/Application Support" if sys.platform == "darwin" else "~/.config"
    if chosen.is_absolute():
        return chosen
    return Path(os.path.expanduser(usual))  # noqa: PTH111 - Path's own raises where there is no home


def _from_environment() -> dict[str, tuple[Value, str]]:
    return {
        name: (os.environ[key], key)
        for name in NAMES
        if (key := PREFIX + name.upper()) in os.environ and os.environ[key] != ""
    }


def _from_file(path: Path) -> dict[str, tuple[Value, str]]:
    import tomllib

    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError, OSError) as exc:
        msg = f"{path}: {exc}"
        raise ConfigError(msg, hint="mend the file, or move it away") from exc
    for name in table:
        if name not in NAMES:
            near = nearest(name, NAMES, limit=1)
            msg = f"{path}: setting {name!r} is not known"
            hint = f"did you mean {near[0]}?" if near else "known are " + ", ".join(NAMES)
            raise ConfigError(msg, hint=hint)
    return {
        name: (
            path.parent / value if _is_path(name) and isinstance(value, str) else value,
            str(path),
        )
        for name, value in table.items()
    }


def _is_path(name: str) -> bool:
    return isinstance(getattr(DEFAULTS, name), Path)


def _checked(name: str, value: object, origin: str) -> Value:
    """Return ``value`` as the kind of its default.

    Raises:
        ConfigError: it is of another kind, or too small.
    """
    if name in LEAST:
        return _number(name, value, origin)
    if _is_path(name) and isinstance(value, str | Path) and str(value) and "\0" not in str(value):
        return Path(value)
    if not _is_path(name) and isinstance(value, str):
        return value
    hint = f"{name} takes {'the path of a folder' if _is_path(name) else 'a word'}"
    msg = f"{origin}: {name} is {value!r}"
    raise ConfigError(msg, hint=hint)


def _number(name: str, value: object, origin: str) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = -1
    if not LEAST[name] <= number <= MOST:
        msg = f"{origin}: {name} is {value!r}"
        raise ConfigError(msg, hint=f"{name} takes a whole number from {LEAST[name]} to {MOST}")
    return number
