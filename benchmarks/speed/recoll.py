"""The desktop search engine Recoll as a peer: the wall time of a whole, fresh index of folders."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = "recollindex"
_CONFIGURATION = "topdirs = {}\nnoaspell = 1\n"


def recoll_seconds(folders: list[Path]) -> float:
    """Index ``folders`` with ``recollindex`` into an empty index; return the seconds it took.

    It extracts with pdftotext and indexes with Xapian, with as many threads as it finds cores.
    """
    if shutil.which(COMMAND) is None:
        sys.exit(f"{COMMAND} is not installed here")
    with tempfile.TemporaryDirectory() as at:
        named = " ".join(f'"{folder.resolve()}"' for folder in folders)
        (Path(at) / "recoll.conf").write_text(_CONFIGURATION.format(named), encoding="utf-8")
        start = time.perf_counter()
        subprocess.run([COMMAND, "-c", at], capture_output=True, check=True)
        return time.perf_counter() - start
