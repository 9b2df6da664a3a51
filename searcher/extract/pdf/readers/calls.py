"""PDFium's functions that a page needs thousands of times, called cheaply.

The generated bindings check and convert each argument, which costs three times the call. Here
integers go in as they are; a handle goes in as ``handle_of`` makes it, a place for an answer as
``ctypes.byref`` does. An object of a page is known by its address, as ``TEXT_OBJECT`` returns it.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, Final

from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Callable

_TELLS = ctypes.PYFUNCTYPE(ctypes.c_int)
_FINDS = ctypes.PYFUNCTYPE(ctypes.c_void_p)
_MEASURES = ctypes.PYFUNCTYPE(ctypes.c_double)


def handle_of(address: object) -> Any:  # noqa: ANN401 - what ctypes passes has no public type
    """Return what stands for the thing at ``address``, a pointer or a number, in a call."""
    if address is None or isinstance(address, int):
        return ctypes.c_void_p.from_param(address)
    number = ctypes.cast(address, ctypes.c_void_p).value if address else None  # type: ignore[arg-type]
    return ctypes.c_void_p.from_param(number)


def _quick(function: object, kind: Callable[[int], Any]) -> Callable[..., Any]:
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    call: Callable[..., Any] = kind(address or 0)
    return call


OBJECT: Final = _quick(raw.FPDFPage_GetObject, _FINDS)
KIND: Final = _quick(raw.FPDFPageObj_GetType, _TELLS)
BOUNDS: Final = _quick(raw.FPDFPageObj_GetBounds, _TELLS)
FILL_COLOUR: Final = _quick(raw.FPDFPageObj_GetFillColor, _TELLS)
DRAW_MODE: Final = _quick(raw.FPDFPath_GetDrawMode, _TELLS)
SEGMENTS: Final = _quick(raw.FPDFPath_CountSegments, _TELLS)
SEGMENT: Final = _quick(raw.FPDFPath_GetPathSegment, _FINDS)
SEGMENT_KIND: Final = _quick(raw.FPDFPathSegment_GetType, _TELLS)
SEGMENT_POINT: Final = _quick(raw.FPDFPathSegment_GetPoint, _TELLS)
TEXT_OBJECT: Final = _quick(raw.FPDFText_GetTextObject, _FINDS)
TEXT_BOX: Final = _quick(raw.FPDFText_GetCharBox, _TELLS)
TEXT_ORIGIN: Final = _quick(raw.FPDFText_GetCharOrigin, _TELLS)
TEXT_MATRIX: Final = _quick(raw.FPDFText_GetMatrix, _TELLS)
TEXT_SIZE: Final = _quick(raw.FPDFText_GetFontSize, _MEASURES)
FONT: Final = _quick(raw.FPDFTextObj_GetFont, _FINDS)
RENDER_MODE: Final = _quick(raw.FPDFTextObj_GetTextRenderMode, _TELLS)
OBJECT_MARK: Final = _quick(raw.FPDFPageObj_GetMarkedContentID, _TELLS)
ELEMENT_TYPE: Final = _quick(raw.FPDF_StructElement_GetType, _TELLS)
ELEMENT_COUNT: Final = _quick(raw.FPDF_StructElement_CountChildren, _TELLS)
ELEMENT_CHILD: Final = _quick(raw.FPDF_StructElement_GetChildAtIndex, _FINDS)
ELEMENT_CHILD_MARK: Final = _quick(raw.FPDF_StructElement_GetChildMarkedContentID, _TELLS)
