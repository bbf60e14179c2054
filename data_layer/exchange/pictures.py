"""A picture drawn anew: its pixels, and nothing else that came with it."""

import struct
import threading
from io import BytesIO
from typing import ClassVar, Final

from PIL import Image, ImageOps

from data_layer.errors import DomainError

JPEG, PNG = "image/jpeg", "image/png"
MAX_MEGAPIXELS: Final = 50  # what the largest cameras of phones take
_QUALITY: Final = 85
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_SHARP: Final = frozenset({"1", "P", "PA", "L", "LA", "RGBA"})  # drawings, stamps, screenshots
_MAX_PNG: Final = 2 * 2**20  # above it the picture is a photograph, which PNG is not for
_BROKEN: Final = (
    *(OSError, EOFError, SyntaxError, ValueError, KeyError, IndexError, struct.error),
    *(MemoryError, ZeroDivisionError, OverflowError),
)
# the pixels of one picture at a time: several large ones at once would take all memory
_one = threading.Lock()


class PictureBroken(DomainError):
    """It begins like a picture and cannot be drawn."""

    text: ClassVar[str] = "เปิดรูปภาพนี้ไม่ได้ ไฟล์อาจเสียหาย โปรดเปิดดูในเครื่อง บันทึกใหม่เป็น JPEG แล้วเลือกอีกครั้ง"


class PictureTooLarge(DomainError):
    """More pixels than any camera of an office takes: few bytes can hold billions."""

    text: ClassVar[str] = "รูปภาพมีขนาดเกิน {limit} ล้านพิกเซล โปรดย่อรูปแล้วเลือกใหม่"


def redrawn(content: bytes, *, longest: int) -> tuple[str, bytes]:
    """Its media type and bytes, upright, no side longer than `longest` pixels.

    Raises PictureBroken, PictureTooLarge.
    """
    try:
        with _one, Image.open(BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > MAX_MEGAPIXELS * 1_000_000:
                raise PictureTooLarge(limit=MAX_MEGAPIXELS)
            return _written(_upright(picture, longest))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooLarge(limit=MAX_MEGAPIXELS) from None
    except _BROKEN:
        raise PictureBroken from None


def _upright(picture: Image.Image, longest: int) -> Image.Image:
    picture.draft("RGB", (longest, longest))  # JPEG: not more is unpacked than is kept
    upright = ImageOps.exif_transpose(picture)
    is_palette = upright.mode in {"P", "PA"} or "transparency" in upright.info
    if is_palette or upright.mode not in {"1", "L", "LA", "RGB", "RGBA"}:
        upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    upright.thumbnail((longest, longest))
    upright.info.clear()  # EXIF, place, comments, profiles
    return upright


def _written(picture: Image.Image) -> tuple[str, bytes]:
    if picture.mode in _SHARP:
        drawn = BytesIO()
        picture.save(drawn, "PNG", optimize=True)
        if len(drawn.getvalue()) <= _MAX_PNG:
            return PNG, drawn.getvalue()
    drawn = BytesIO()
    _on_white(picture).save(drawn, "JPEG", quality=_QUALITY)
    return JPEG, drawn.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")
