"""Modules of the standard library that are loaded when something of them is first used.

click and ``urllib`` import them, and most commands never look into them: ``inspect`` alone, with
the six modules it needs, takes a tenth of a search. ``importlib.util.LazyLoader`` would not do: a
second ``import`` of its modules loads them.
"""

from __future__ import annotations

import sys
from types import ModuleType

SELDOM_USED = ("inspect", "ipaddress")


class _Later(ModuleType):
    """Stands for a module until something of it is used."""

    def __getattr__(self, name: str) -> object:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        __import__(self.__name__)
        vars(self).update(vars(sys.modules[self.__name__]))
        return vars(self)[name] if name in vars(self) else super().__getattribute__(name)


def put_off() -> None:
    """Let each of ``SELDOM_USED`` that is not there yet be loaded on its first use."""
    for name in SELDOM_USED:
        sys.modules.setdefault(name, _Later(name))
