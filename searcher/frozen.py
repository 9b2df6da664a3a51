"""Frozen dataclasses that cost little to define: what ``dataclasses.dataclass`` gives, made late.

The standard decorator writes and compiles six methods for each class, 0.7 ms of processor time;
for all that one search imports that was a quarter of the command. Here the methods are closures
over the places of the fields, which take 0.03 ms to make and longer to call, so a class that is
in constant use is given the standard library's. That also describes the fields when ``fields``,
``replace`` or ``asdict`` asks for it. Such a class has no base that is one, and each of its
annotations is a field that takes part in everything.
"""

from __future__ import annotations

from operator import attrgetter, eq, ge, gt, le, lt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - types are checked as there
else:

    def dataclass(*, frozen: bool, slots: bool, order: bool = False) -> Callable[[type], type]:
        """Return a decorator that does what ``dataclasses.dataclass`` does, for frozen classes."""
        if not (frozen and slots):
            msg = "a class whose values change is one of dataclasses.dataclass"
            raise TypeError(msg)
        return lambda plain: _made(plain, order=order)


CONSTANT_USE = 500
"""Instances from which a class is given the standard methods."""
FASTER = ("__init__", "__eq__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__")


class _Standard:
    """Stands for ``__dataclass_fields__`` until the standard library asks for it."""

    def __init__(self, plain: type, *, order: bool) -> None:
        names = ("__doc__", "__post_init__", *plain.__annotations__)
        self._inside = {name: plain.__dict__[name] for name in names if name in plain.__dict__}
        self._inside["__annotations__"] = plain.__annotations__
        self._order = order

    def __get__(self, _instance: object, owner: Any) -> object:  # noqa: ANN401
        owner.__dataclass_fields__ = self.made(owner.__name__).__dataclass_fields__
        return owner.__dataclass_fields__

    def made(self, name: str) -> Any:  # noqa: ANN401
        """Return the dataclass that the standard library makes."""
        import dataclasses

        like = type(name, (), dict(self._inside))
        return dataclasses.dataclass(frozen=True, order=self._order)(like)

    def give_methods(self, owner: type) -> None:
        """Let ``owner`` have the methods that the standard library makes."""
        methods = vars(self.made(owner.__name__))
        for name in FASTER:
            if name in methods:
                setattr(owner, name, methods[name])


def _made(plain: type, *, order: bool) -> type:
    """Return ``plain`` again, with a place for each field and the methods of a dataclass."""
    names = tuple(plain.__annotations__)
    left_out = {*names, "__dict__", "__weakref__"}
    standard = _Standard(plain, order=order)
    made: Any = type(plain.__name__, plain.__bases__, {
        **{name: value for name, value in plain.__dict__.items() if name not in left_out},
        **_of_values(names, order=order),
        "__annotations__": plain.__annotations__,
        "__slots__": names,
        "__match_args__": names,
        "__dataclass_fields__": standard,
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
        "__replace__": _replaced,
    })  # fmt: skip
    made.__qualname__ = plain.__qualname__
    defaults = {name: plain.__dict__[name] for name in names if name in plain.__dict__}
    made.__init__ = _initialiser(made, defaults, standard)
    return made  # type: ignore[no-any-return]


def _initialiser(
    made: Any,  # noqa: ANN401
    defaults: Mapping[str, object],
    standard: _Standard,
) -> Callable[..., None]:
    """Return the ``__init__`` of ``made``, until that is in constant use."""
    names: tuple[str, ...] = made.__slots__
    places = tuple(made.__dict__[name].__set__ for name in names)
    number = len(names)
    check = made.__dict__.get("__post_init__")
    left = CONSTANT_USE

    def initialise(self: object, *values: object, **named: object) -> None:
        nonlocal left
        left -= 1
        if not left:
            standard.give_methods(made)
        if named or len(values) != number:
            values = (*values, *_others(names[len(values) :], named, defaults))
        if named or len(values) != number:
            msg = f"{made.__name__} takes {', '.join(names)}, each once"
            raise TypeError(msg)
        for put, value in zip(places, values, strict=True):
            put(self, value)
        if check is not None:
            check(self)

    return initialise


def _others(
    names: Sequence[str], named: dict[str, object], defaults: Mapping[str, object]
) -> list[object]:
    """Return the values of ``names`` as far as they are known, taking them out of ``named``."""
    found = []
    for name in names:
        if name in named:
            found.append(named.pop(name))
        elif name in defaults:
            found.append(defaults[name])
    return found


def _of_values(names: tuple[str, ...], *, order: bool) -> dict[str, Callable[..., Any]]:
    """Return the methods that look at all values at once."""
    values = attrgetter(*names)

    def comparing(compare: Callable[..., Any]) -> Callable[..., Any]:
        def compared(self: object, other: object) -> object:
            if other.__class__ is not self.__class__:
                return NotImplemented
            return compare(values(self), values(other))

        return compared

    def number(self: object) -> int:
        return hash(values(self))

    def represented(self: object) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({shown})"

    def taken_apart(self: object) -> tuple[object, ...]:
        return self.__class__, tuple(getattr(self, name) for name in names)

    methods = {"__hash__": number, "__repr__": represented, "__reduce__": taken_apart}
    orders: tuple[Callable[..., Any], ...] = (eq, lt, le, gt, ge) if order else (eq,)
    return methods | {f"__{compare.__name__}__": comparing(compare) for compare in orders}


def _replaced(self: Any, **changes: object) -> object:  # noqa: ANN401
    from dataclasses import replace

    return replace(self, **changes)


def _refuse_to_set(_self: object, name: str, _value: object) -> None:
    from dataclasses import FrozenInstanceError

    msg = f"cannot assign to field {name!r}"
    raise FrozenInstanceError(msg)


def _refuse_to_delete(_self: object, name: str) -> None:
    from dataclasses import FrozenInstanceError

    msg = f"cannot delete field {name!r}"
    raise FrozenInstanceError(msg)
