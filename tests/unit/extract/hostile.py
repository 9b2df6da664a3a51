"""An extractor that does to its worker what the first line of the file says."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.document import Document
from searcher.errors import ExtractionError, Reason
from searcher.extract.extractor import Begun
from searcher.extract.plain import PlainExtractor

if TYPE_CHECKING:
    from collections.abc import Iterable

NATIVE = ctypes.CDLL(None)
MEDIA_TYPE = "application/x-hostile"


def note_pid(pid_file: str, pid: int) -> None:
    """Write ``pid`` as a library that is no Python could: nobody asks whether it may."""
    file = NATIVE.creat(os.fsencode(pid_file), 0o600)
    os.write(file, str(pid).encode())
    os.close(file)


def sleep(pid_file: str = "") -> None:
    if pid_file:
        note_pid(pid_file, os.getpid())
    time.sleep(1000)


def burn(_: str = "") -> None:
    while True:
        pass


def starve(_: str = "") -> None:
    bytearray(10 * 1024**3)


def starve_slowly(_: str = "") -> None:
    hoard: list[bytearray] = []
    while True:
        hoard.append(bytearray(1024 * 1024))


def starve_and_abort(_: str = "") -> None:
    hoard: list[bytearray] = []
    try:
        while True:
            hoard.append(bytearray(1024 * 1024))
    except MemoryError:
        os.abort()


def fail_to_load(_: str = "") -> None:
    """Do as Python does when the system finds no room for a library."""
    msg = "libreader.so: failed to map segment from shared object"
    raise ImportError(msg)


def fail_to_map(_: str = "") -> None:
    raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))


def abort(_: str = "") -> None:
    os.abort()


def leave(_: str = "") -> None:
    os._exit(0)


def fail(_: str = "") -> None:
    msg = "a bug of ours"
    raise ValueError(msg)


def recurse(depth: str = "") -> None:
    recurse(depth + "x")


def refuse(_: str = "") -> None:
    raise ExtractionError(Reason.ENCRYPTED, "needs a password", hint="ask for it")


def shout(_: str = "") -> None:
    sys.stdout.write("garbage\n" * 500_000)
    sys.stdout.flush()
    sys.stderr.write("garbage\n" * 500_000)
    with contextlib.suppress(OSError):
        while True:
            os.write(2, b"\0\0\0\1" * 10_000)


def forge(_: str = "") -> None:
    """Write nonsense into every open pipe, the one of the answers among them."""
    for number in range(3, 20):
        try:
            os.write(number, b"\xff" * 100)
        except OSError:
            continue
    time.sleep(1000)


def close(_: str = "") -> None:
    os.closerange(0, 50)
    time.sleep(1000)


def breed(pid_file: str = "") -> None:
    if pid := NATIVE.fork():
        note_pid(pid_file, pid)
    NATIVE.pause()


def reach_shell(_: str = "") -> None:
    os.system("true")  # noqa: S605 -- it is what must not happen


def reach_program(_: str = "") -> None:
    subprocess.run(["true"], check=True)


def reach_network(_: str = "") -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def write_outside(path: str = "") -> None:
    Path(path).write_text("harm", encoding="ascii")


def move_outside(path: str = "") -> None:
    Path("mine").write_text("harm", encoding="ascii")
    Path("mine").rename(path)


def link_outside(path: str = "") -> None:
    Path("mine").symlink_to(path)


def remove_outside(path: str = "") -> None:
    Path(path).unlink()


def say_pid(_: str = "") -> None:
    raise ExtractionError(Reason.NO_TEXT, str(os.getpid()))


DEEDS = (
    sleep,
    burn,
    starve,
    starve_slowly,
    starve_and_abort,
    fail_to_load,
    fail_to_map,
    abort,
    leave,
    fail,
    recurse,
    refuse,
    shout,
    forge,
    close,
    breed,
    reach_shell,
    reach_program,
    reach_network,
    write_outside,
    move_outside,
    link_outside,
    remove_outside,
    say_pid,
)


class HostileExtractor:
    version = 1

    def extract(self, data: bytes) -> Document:
        word, _, argument = data.decode().partition(" ")
        for deed in DEEDS:
            if deed.__name__ == word:
                deed(argument)
        return PlainExtractor().extract(data)


class CrashingPdfExtractor:
    """Stands in for the PDF reader: the usual reader crashes, and so does the second if told."""

    version = 1

    def __init__(self, *, reader: str = "pdfium", why: str = "") -> None:
        self.reader, self.why = reader, why

    def extract(self, data: bytes) -> Document:
        if self.reader != "pdfminer" or b"always" in data:
            os.abort()
        return PlainExtractor().extract(b"read by " + self.reader.encode())

    def begin(self, data: bytes) -> Document | Begun:
        """Begin a file of three parts, of which the second crashes the reader, if it is long."""
        return Begun(b"one", parts=3, sheets=3) if b"long" in data else self.extract(data)

    def read_part(self, data: bytes, part: int) -> bytes:
        slowly = b"slowly" in data
        if (part == 2 or slowly) and (self.reader != "pdfminer" or b"always" in data):
            time.sleep(1.5 * slowly)
            os.abort()
        if b"fail" in data:
            raise ExtractionError(Reason.DAMAGED, "this part is lost")
        return b"%d by %b" % (part, self.reader.encode())

    def join(self, read: Iterable[bytes]) -> Document:
        return PlainExtractor().extract(b", ".join(read))
