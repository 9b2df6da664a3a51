"""What a generation says of itself, in ``manifest.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searcher.errors import DamagedIndexError, IndexVersionError, NoIndexError, StorageError
from searcher.frozen import dataclass
from searcher.index.checksums import Checksum

if TYPE_CHECKING:
    from searcher.errors import IndexStoreError

FORMAT_VERSION = 3
FILE_NAME = "manifest.json"
ANEW = "searcher rebuild makes it anew from what was read"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Counts and provenance of one generation. ``built`` is UTC in ISO 8601.

    ``fingerprint`` is equal for equal input and equal version; ``roots`` are the folders and
    files that were ingested; ``configuration`` is all that shaped what was indexed; ``files``
    are those beside the postings, which keep checksums of their own.
    """

    format_version: int
    generation: str
    fingerprint: str
    built: str
    searcher: str
    backend: str
    roots: tuple[str, ...]
    configuration: tuple[tuple[str, str], ...]
    reports: int
    pages: int
    pages_without_text: int
    passages: int
    words: int
    quarantined: int
    files: tuple[Checksum, ...]


_KINDS = {"str": str, "int": int}
_PLAIN = {name: _KINDS[kind] for name, kind in Manifest.__annotations__.items() if kind in _KINDS}
"""The values of a manifest that are one text or one number."""


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write ``manifest`` into the generation at ``folder``."""
    from dataclasses import asdict

    files = {file.name: [file.size_bytes, file.crc32] for file in manifest.files}
    table = asdict(manifest) | {"configuration": dict(manifest.configuration), "files": files}
    text = json.dumps(table, indent=2, ensure_ascii=False)
    (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the generation at ``folder``.

    Raises:
        NoIndexError: the generation is not there.
        IndexVersionError: it was made by another format version.
        DamagedIndexError: the manifest cannot be read.
        StorageError: it may not be read.
    """
    path = folder / FILE_NAME
    table = _table(path)
    if table["format_version"] != FORMAT_VERSION:
        held = repr(table["format_version"])
        msg = f"index: has format version {held:.20}, this searcher reads {FORMAT_VERSION}"
        raise IndexVersionError(msg, hint=ANEW)
    try:
        values = {name: table[name] for name in Manifest.__annotations__}
        values["roots"] = tuple(values["roots"])
        values["configuration"] = tuple(sorted(values["configuration"].items()))
        files = values["files"].items()
        values["files"] = tuple(Checksum(name, size, held) for name, (size, held) in files)
        if any(name in {"", ".", ".."} or Path(name).name != name for name, _ in files):
            raise damaged(path)  # it names a file that is not its own
        if not all(isinstance(values[name], kind) for name, kind in _PLAIN.items()):
            raise damaged(path)
        return Manifest(**values)
    except (KeyError, TypeError, ValueError, AttributeError) as exc:
        raise damaged(path) from exc


def _table(path: Path) -> dict[str, Any]:
    """Return what a manifest says, the version of its format among it."""
    try:
        table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        _ = table["format_version"]
    except FileNotFoundError as exc:
        if not path.parent.is_dir():
            msg = f"{path.parent.name}: no such generation"
            raise NoIndexError(msg, hint="searcher ingest makes one") from exc
        raise damaged(path) from exc
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as exc:
        raise damaged(path) from exc
    return table


REBUILD = "searcher rebuild makes the index anew, searcher rollback goes back to the last one"


def damaged(path: Path, *, hint: str = REBUILD) -> IndexStoreError:
    """Return the error for a part of a generation that cannot be read, or may not be."""
    denied = _denied(path)
    if denied is not None:
        return not_allowed(denied)
    return DamagedIndexError(f"index: {path.name} is missing or damaged", hint=hint)


def not_allowed(path: Path) -> StorageError:
    """Return the error for a file of the index that this person may not read."""
    hint = "ask its owner for leave to read it, or choose another --index"
    return StorageError(f"index: {path} may not be read: permission denied", hint=hint)


def _denied(path: Path) -> Path | None:
    """Return what of ``path``, a file or a folder of files, may not be read."""
    entry = path
    try:
        for entry in (path, *path.iterdir()) if path.is_dir() else (path,):
            if not entry.is_dir():
                entry.open("rb").close()
    except PermissionError:
        return entry
    except OSError:
        return None
    return None
