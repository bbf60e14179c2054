"""What Chrome (PDFium) reads in a PDF: its pages, their text without blanks, where letters stand.

typst writes some clusters of a letter and two marks twice into the text layer ("ถิ่ถิ่น"), though it
draws them once: here they are read once.
"""

import re

import pypdfium2

_TWICE = re.compile("([ก-ฮ][\u0e31-\u0e3a\u0e47-\u0e4e]{2,})\\1")
_INVISIBLE = dict.fromkeys([0x200B, 0xAD, 0xFFFE, 0x02])


def page_texts(content):
    """Blanks are left out, for a line ends where its column is full."""
    with pypdfium2.PdfDocument(content) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    bare = ("".join(text.translate(_INVISIBLE).split()) for text in texts)
    return [_TWICE.sub(r"\1", text) for text in bare]


def text_of(content):
    return "".join(page_texts(content))


def page_sizes(content):
    """Width and height of each page, in whole points."""
    with pypdfium2.PdfDocument(content) as document:
        return [tuple(map(round, page.get_size())) for page in document]


def right_edge(content):
    """How far to the right anything is written, in points."""
    with pypdfium2.PdfDocument(content) as document:
        texts = [page.get_textpage() for page in document]
        return max(text.get_charbox(n)[2] for text in texts for n in range(text.count_chars()))
