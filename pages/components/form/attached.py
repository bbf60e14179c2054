"""A question that is answered with a file: chosen, opened, changed, taken away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import streamlit as st

from data_layer import forms
from data_layer.exchange.attachments import (
    FILE_ENDINGS,
    MAX_FILE_MB,
    MAX_PICTURE_MB,
    PICTURE_ENDINGS,
)
from data_layer.forms import Field, Form, Kind
from pages.components.acts import acting
from pages.components.form.uploads import Attach, chooser_key, note_chooser
from pages.components.messages import escape

KeptFile: TypeAlias = Any  # queries.record_files.KeptFile: components know no query
GONE_FOR_GOOD: Final = "ไฟล์ที่ลบหรือถูกแทนที่เรียกคืนไม่ได้"
_TAKEN: Final = {
    Kind.FILE: f"PDF, JPEG, PNG, WEBP, XLSX หรือ DOCX ไม่เกิน {MAX_FILE_MB} MB",
    Kind.IMAGE: f"รูปภาพ JPEG, PNG หรือ WEBP ไม่เกิน {MAX_PICTURE_MB} MB ระบบย่อรูปและลบตำแหน่งที่ถ่ายออกให้",
}


@dataclass(frozen=True)
class FileActs:
    """What can be done with the files of a record, by who is in now; `download` is by uid."""

    attach: Attach
    detach: Callable[[str, object, int], None]
    download: Callable[[str], Callable[[], bytes]]


@dataclass(frozen=True)
class Files:
    """The files of a record by path, at a moment of its history, and the acts.

    Without acts nothing is kept.
    """

    kept: Mapping[str, KeptFile] = field(default_factory=dict)
    acts: FileActs | None = None
    moment: int = 0

    def uids(self, row: str) -> dict[str, str]:
        """The uids of the files in a row, `table[1]/`, by the path from there."""
        return {
            path.removeprefix(row): each.uid
            for path, each in self.kept.items()
            if path.startswith(row)
        }

    def in_row(self, row: str, plain: dict[str, Any]) -> dict[str, Any]:
        """The plain answers of a row with its files by their uid: two of one name are two."""
        for path, uid in self.uids(row).items():
            plain = forms.with_answer(plain, path, uid)
        return plain


def draw_attached(
    files: Files, asked: Field, path: str, key: str, label: str, answer: object
) -> None:
    """The file with its ways on, or the place to choose one. The widget's key is the field's."""
    if files.acts is None:
        _draw_chooser(asked, key, key, label, is_trial=True)
        return
    kept = files.kept.get(path)
    if kept is None:
        widget = chooser_key(path, key)
        _draw_chooser(asked, key, widget, label)
        note_chooser(path, widget, forms.plain_answer(answer), files.moment)
        return
    st.markdown(label)
    with st.container(horizontal=True, gap="small"):
        _draw_download(files.acts.download, key, kept, str(answer))
        # another file closes it
        with st.popover("เปลี่ยนหรือลบไฟล์", icon=":material/edit:", key=f"{key}.change.{kept.uid}"):
            _draw_change(files.acts, files.moment, asked, path, key, kept)


def draw_files(
    form: Form,
    kept: Mapping[str, KeptFile],
    answers: Mapping[str, Any],
    download: Callable[[str], Callable[[], bytes]],
) -> None:
    """All files of a record to be read, in the order of the form; nothing when there are none."""
    names = {path: str(name) for path, _, name in forms.answered(form, answers) if path in kept}
    if not names:
        return
    st.markdown(f"**ไฟล์แนบ {len(names):,} ไฟล์**")
    for path, name in names.items():
        st.markdown(escape(forms.title_at(form, path)))
        _draw_download(download, f"{form.form_id}.{path}", kept[path], name)


def size_in_words(size: int) -> str:
    """Bytes as people read them: '320 KB', '1.4 MB'."""
    if size < 2**20:
        return f"{max(1, round(size / 1024)):,} KB"
    return f"{size / 2**20:,.1f} MB"


def _draw_download(
    download: Callable[[str], Callable[[], bytes]], key: str, kept: KeptFile, name: str
) -> None:
    st.download_button(
        f"{escape(name)} ({size_in_words(kept.size)})",
        download(kept.uid),
        file_name=name,
        mime=kept.media_type,
        key=f"{key}.open",
        icon=":material/download:",
        on_click="ignore",  # opening it changes nothing on the page
    )


def _draw_change(
    acts: FileActs, moment: int, asked: Field, path: str, key: str, kept: KeptFile
) -> None:
    st.caption(GONE_FOR_GOOD)
    # another file, another widget: the browser would go on showing what was taken
    _draw_chooser(asked, key, f"{key}.{kept.uid}", "เลือกไฟล์ใหม่แทนไฟล์นี้")
    note_chooser(path, f"{key}.{kept.uid}", kept.uid, moment)
    if st.button("ลบไฟล์", key=f"{key}.detach", icon=":material/delete:"):
        with acting():
            acts.detach(path, kept.uid, moment)
            st.rerun()


def _draw_chooser(
    asked: Field, key: str, widget: str, label: str, *, is_trial: bool = False
) -> None:
    is_picture = asked.kind is Kind.IMAGE
    with st.container(key=f"{key}.upto{MAX_PICTURE_MB if is_picture else MAX_FILE_MB}"):
        st.file_uploader(
            label,
            type=list(PICTURE_ENDINGS if is_picture else FILE_ENDINGS),
            key=widget,
            disabled=is_trial,
        )
    st.caption(_TAKEN[asked.kind] + (" (ในการลองนี้ไม่รับและไม่เก็บไฟล์)" if is_trial else ""))
