"""A file that answers a question: taken by what it holds, whatever it calls itself.

Pictures are drawn anew, so that nothing of where and with what they were taken is kept. Documents
are kept as they are; a name that says otherwise gets the ending of what the file is.
"""

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from types import MappingProxyType
from typing import ClassVar, Final

from data_layer.errors import DomainError
from data_layer.exchange.pictures import JPEG, PNG, redrawn

PDF: Final = "application/pdf"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        PDF: (".pdf",),
        XLSX: (".xlsx",),
        DOCX: (".docx",),
        JPEG: (".jpg", ".jpeg"),
        PNG: (".png",),
    }
)
PICTURE_ENDINGS: Final = ("jpg", "jpeg", "png", "webp")
FILE_ENDINGS: Final = ("pdf", *PICTURE_ENDINGS, "xlsx", "docx")
MAX_FILE_MB: Final = 5
MAX_PICTURE_MB: Final = 10  # as it comes from a camera; what is kept is far smaller
MAX_RECORD_MB: Final = 50
LONGEST: Final = 2_048  # pixels of a picture's longer side
SHORTEST: Final = 200  # a form that wants less wants no picture
LONGEST_SCAN: Final = 4_096  # of a document that was photographed: it is read line by line
_MAX_NAME: Final = 150

_MAX_ENTRIES: Final = 1_000
_MAX_INFLATED: Final = 100 * 2**20
_MAX_PART: Final = 2**20
_TYPES: Final = "[Content_Types].xml"
_MAIN: Final[Mapping[bytes, str]] = MappingProxyType(
    {b"spreadsheetml.sheet.main+xml": XLSX, b"wordprocessingml.document.main+xml": DOCX}
)
_LIVE_PARTS: Final = ("vbaproject", "vbadata", "activex", "oleobject")
# of a PDF: runs by itself when it is opened
_LIVE_WORDS: Final = (b"/JavaScript", b"/Launch")
# a RuntimeError: locked, or packed in a way that zipfile does not know
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError)
_PACKED: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class AttachmentEmpty(DomainError):
    """Not one byte."""

    text: ClassVar[str] = "ไฟล์นี้ว่างเปล่า โปรดเปิดดูในเครื่องของท่านก่อน แล้วเลือกไฟล์อีกครั้ง"


class AttachmentTooLarge(DomainError):
    """More bytes than one answer may have."""

    text: ClassVar[str] = (
        "ไฟล์ใหญ่เกิน {limit} MB โปรดย่อไฟล์ (เช่น สแกนที่ 150 dpi หรือบันทึกเป็น PDF แบบย่อ) แล้วเลือกใหม่"
    )


class RecordFull(DomainError):
    """More bytes than all files of one record may have."""

    text: ClassVar[str] = "ไฟล์แนบของแบบนี้รวมกันเกิน {limit} MB โปรดย่อไฟล์นี้ หรือลบไฟล์ในช่องอื่นที่ไม่จำเป็นก่อน"


class NotAnAttachment(DomainError):
    """None of the kinds of files that are taken, whatever its name ends with."""

    text: ClassVar[str] = (
        "ไฟล์นี้ไม่ใช่ PDF, JPEG, PNG, WEBP, XLSX หรือ DOCX (ดูจากเนื้อไฟล์ ไม่ใช่นามสกุล) "
        "โปรดบันทึกเป็น PDF แล้วเลือกใหม่"
    )


class NotAPicture(DomainError):
    """The question wants a picture."""

    text: ClassVar[str] = (
        "ช่องนี้รับเฉพาะรูปภาพ JPEG, PNG หรือ WEBP (ดูจากเนื้อไฟล์ ไม่ใช่นามสกุล) โปรดเลือกรูปภาพ"
    )


class UnsafeAttachment(DomainError):
    """Something in it runs when the next reader opens it; the reason says what."""

    text: ClassVar[str] = "ระบบไม่รับไฟล์นี้เพื่อความปลอดภัย {reason}"


@dataclass(frozen=True)
class Attachment:
    """A file as it is kept."""

    name: str
    media_type: str
    content: bytes


def accepted(
    content: bytes, name: str, *, is_picture: bool, longest: int | None = None
) -> Attachment:
    """The file as it will be kept; `longest` is what a form says of its pictures' pixels.

    Raises the refusals of this module and those of exchange.pictures.
    """
    limit = MAX_PICTURE_MB if is_picture else MAX_FILE_MB
    if not content:
        raise AttachmentEmpty
    if len(content) > limit * 2**20:
        raise AttachmentTooLarge(limit=limit)
    if _is_picture(content):
        side = longest or (LONGEST if is_picture else LONGEST_SCAN)
        kind, kept = redrawn(content, longest=min(max(side, SHORTEST), LONGEST_SCAN))
    elif is_picture:
        raise NotAPicture
    else:
        kind, kept = _document(content), content
    return Attachment(_named(name, kind), kind, kept)


def fits(media_type: str, *, is_picture: bool) -> bool:
    """Whether a kept file is of a kind that the question takes."""
    return media_type in ({JPEG, PNG} if is_picture else ENDINGS)


def _is_picture(content: bytes) -> bool:
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return is_webp or content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def _document(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        if any(word in content for word in _LIVE_WORDS):
            reason = "เพราะ PDF มีสคริปต์หรือคำสั่ง โปรดเปิดแล้วสั่งพิมพ์เป็น PDF ใหม่ (Print to PDF)"
            raise UnsafeAttachment(reason=reason)
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    raise NotAnAttachment


def _office(content: bytes) -> str:
    """XLSX or DOCX, by what the package says it holds; nothing else of it is opened."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _refuse_heavy(entries)
            types = _read_types(archive)
    except _BROKEN:
        raise NotAnAttachment from None
    names = " ".join(entry.filename.lower() for entry in entries)
    if b"macroenabled" in types.lower() or any(part in names for part in _LIVE_PARTS):
        reason = "เพราะมีมาโครหรือวัตถุฝัง โปรดบันทึกเป็น .xlsx หรือ .docx แบบไม่มีมาโคร หรือเป็น PDF"
        raise UnsafeAttachment(reason=reason)
    for word, kind in _MAIN.items():
        if word in types:
            return kind
    raise NotAnAttachment


def _refuse_heavy(entries: list[zipfile.ZipInfo]) -> None:
    """What the next reader's Excel would have to open."""
    inflated = sum(entry.file_size for entry in entries)
    if len(entries) > _MAX_ENTRIES or inflated > _MAX_INFLATED:
        reason = "เพราะเนื้อหาเมื่อเปิดออกมีขนาดใหญ่ผิดปกติ โปรดบันทึกเป็น PDF แล้วเลือกใหม่"
        raise UnsafeAttachment(reason=reason)


def _read_types(archive: zipfile.ZipFile) -> bytes:
    if _TYPES not in archive.namelist() or archive.getinfo(_TYPES).compress_type not in _PACKED:
        raise NotAnAttachment
    with archive.open(_TYPES) as stream:
        return stream.read(_MAX_PART)


def _named(name: str, kind: str) -> str:
    """The name with the ending of what the file is; which letters it may have, forms say."""
    own = PurePath(name)
    if own.suffix.lower() in ENDINGS[kind]:
        return own.stem[:_MAX_NAME] + own.suffix.lower()
    return own.stem[:_MAX_NAME] + ENDINGS[kind][0]
