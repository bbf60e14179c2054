"""What may answer a question as a file: by what it holds, never by what it calls itself."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image

from data_layer.errors import DomainError
from data_layer.exchange import attachments, pictures
from data_layer.exchange.attachments import (
    DOCX,
    XLSX,
    AttachmentEmpty,
    AttachmentTooLarge,
    NotAnAttachment,
    NotAPicture,
    UnsafeAttachment,
    accepted,
    fits,
)
from data_layer.exchange.pictures import PictureBroken, PictureTooLarge
from tests.attached import DOCX_TYPES, PDF, XLSX_TYPES, package, photo


def file(content, name="a.pdf"):
    return accepted(content, name, is_picture=False)


def picture(content, name="a.jpg", **more):
    return accepted(content, name, is_picture=True, **more)


def opened(content):
    return Image.open(BytesIO(content))


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00 a program",
        b"\x7fELF a program",
        b"#!/bin/sh\nrm -rf /",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"<!DOCTYPE html><script>1</script>",
        b" %PDF-1.7 not at its beginning",
        b"GIF89a",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old or locked document",
        b"PK\x03\x04 cut off",
        b"RIFF0000WAVE",
        b"plain words",
        package("application/zip"),
        package(XLSX_TYPES)[:-30],
    ],
)
def test_what_is_none_of_the_kinds_is_refused_whatever_its_name_says(content):
    for name in ("a.pdf", "a.jpg", "a.xlsx"):
        with pytest.raises(NotAnAttachment, match="PDF"):
            file(content, name)
        with pytest.raises(NotAPicture, match="JPEG"):
            picture(content, name)


def test_an_empty_file_and_one_that_is_too_large_are_refused_with_what_to_do():
    with pytest.raises(AttachmentEmpty):
        file(b"")
    with pytest.raises(AttachmentTooLarge, match="5 MB"):
        file(PDF + b" " * 5 * 2**20)
    with pytest.raises(AttachmentTooLarge, match="10 MB"):
        picture(photo() + b" " * 10 * 2**20)


@pytest.mark.parametrize(
    "content",
    [
        package(XLSX_TYPES.replace("sheet.main", "sheet.macroEnabled.main")),
        package(XLSX_TYPES, "xl/vbaProject.bin"),
        package(DOCX_TYPES, "word/activeX/activeX1.xml"),
        package(DOCX_TYPES, "word/embeddings/oleObject1.bin"),
        package(XLSX_TYPES, *(f"xl/{number}.xml" for number in range(1_001))),
        PDF + b"<< /S /JavaScript /JS (app.alert(1)) >>",
        PDF + b"<< /S /Launch /F (cmd.exe) >>",
    ],
)
def test_what_runs_when_the_next_reader_opens_it_is_refused(content):
    with pytest.raises(UnsafeAttachment, match="โปรด"):
        file(content)


def test_a_document_that_inflates_beyond_reason_is_refused_without_inflating_it(monkeypatch):
    monkeypatch.setattr(attachments, "_MAX_INFLATED", 100)

    with pytest.raises(UnsafeAttachment):
        file(package(DOCX_TYPES, *(f"word/{number}.xml" for number in range(20))))


@pytest.mark.parametrize(
    ("content", "kind", "name"),
    [
        (PDF, "application/pdf", "รายงาน.pdf"),
        (package(XLSX_TYPES), XLSX, "รายงาน.xlsx"),
        (package(DOCX_TYPES), DOCX, "รายงาน.docx"),
        (photo(), "image/jpeg", "รายงาน.jpg"),
        (photo("PNG", mode="L"), "image/png", "รายงาน.png"),
        (photo("WEBP"), "image/jpeg", "รายงาน.jpg"),
    ],
)
def test_each_kind_is_taken_and_its_name_gets_the_ending_of_what_it_is(content, kind, name):
    for given in ("รายงาน.exe", "รายงาน", name.upper(), name):
        taken = file(content, given)

        assert (taken.media_type, taken.name) == (kind, name)


def test_documents_stay_as_they_are_to_the_last_byte():
    assert file(PDF).content == PDF
    assert file(package(DOCX_TYPES)).content == package(DOCX_TYPES)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("take", [file, picture])
def test_nothing_of_where_and_with_what_a_picture_was_taken_is_kept(kind, take):
    content = photo(kind)
    assert b"Secretcam" in content

    taken = take(content).content

    assert b"Secretcam" not in taken
    assert dict(opened(taken).getexif()) == {}
    assert "comment" not in opened(taken).info


def test_words_that_hide_in_a_picture_do_not_come_with_it():
    words = b"<script>alert(1)</script>"

    for kind, more in (("JPEG", {"comment": words}), ("WEBP", {"icc_profile": words})):
        content = photo(kind, **more) + words  # behind its end, too
        assert words not in picture(content).content


def test_a_picture_is_set_upright_and_becomes_no_larger_than_the_form_says():
    assert opened(picture(photo(size=(1200, 900))).content).size == (900, 1200)
    assert opened(picture(photo(size=(1200, 900)), longest=400).content).size == (300, 400)
    assert opened(picture(photo(size=(4000, 300))).content).size == (154, 2048)
    assert opened(picture(photo(size=(5000, 300)), longest=9_000).content).size == (246, 4096)


def test_what_is_seen_through_stays_so_and_a_photograph_is_no_png(monkeypatch):
    seen_through = picture(photo("PNG", mode="RGBA", color=(255, 0, 0, 0)))
    assert seen_through.media_type == "image/png"
    assert opened(seen_through.content).getpixel((0, 0))[3] == 0

    monkeypatch.setattr(pictures, "_MAX_PNG", 10)
    on_white = picture(photo("PNG", mode="RGBA", color=(255, 0, 0, 0)))
    assert on_white.media_type == "image/jpeg"
    assert opened(on_white.content).getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_way_to_keep_colours_is_drawn(mode):
    content = BytesIO()
    Image.new(mode, (30, 20)).save(content, "PNG")

    assert opened(picture(content.getvalue()).content).size == (30, 20)


def test_a_printers_jpeg_is_drawn_too():
    assert picture(photo(mode="CMYK", color=(0, 0, 0, 0))).media_type == "image/jpeg"


def bomb(width, height):
    """A PNG of few bytes that says it has so many pixels."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(8_000, 8_000), (12_000, 12_000), (60_000, 60_000)])
def test_few_bytes_that_unpack_to_billions_of_pixels_are_refused(size):
    with pytest.raises(PictureTooLarge, match="50"):
        picture(bomb(*size))


def test_a_picture_that_cannot_be_drawn_is_refused():
    whole = photo()
    halves = [photo(kind)[: len(photo(kind)) // 2] for kind in ("JPEG", "PNG", "WEBP")]
    broken = [*halves, whole[:4], b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", bomb(3_000, 3_000)]

    for content in broken:
        with pytest.raises(PictureBroken):
            picture(content)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # of EXIF that is not kept anyway
def test_no_byte_that_is_wrong_ends_in_anything_but_a_refusal():
    for content in (photo(size=(40, 30)), photo("PNG", (40, 30)), package(XLSX_TYPES), PDF):
        for place in range(0, len(content), max(1, len(content) // 150)):
            flipped = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
            with suppress(DomainError):
                file(flipped)


def test_what_was_kept_for_a_file_may_not_fit_a_picture():
    assert fits("application/pdf", is_picture=False)
    assert not fits("application/pdf", is_picture=True)
    assert fits("image/png", is_picture=True)
    assert not fits("text/html", is_picture=False)
