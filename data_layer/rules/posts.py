"""The posts of a local authority and the words of the register of officials. Pure."""

from collections.abc import Mapping
from typing import Final

from data_layer.models.officials import Acquisition, Education, EndReason, Post, Sex

POST_NAMES: Final[Mapping[Post, str]] = {
    Post.MAYOR: "นายก",
    Post.ACTING_MAYOR: "ปลัดปฏิบัติหน้าที่นายก",
    Post.DEPUTY_MAYOR: "รองนายก",
    Post.ADVISER: "ที่ปรึกษานายก",
    Post.MAYOR_SECRETARY: "เลขานุการนายก",
    Post.MEMBER: "สมาชิกสภา",
    Post.SPEAKER: "ประธานสภา",
    Post.DEPUTY_SPEAKER: "รองประธานสภา",
    Post.COUNCIL_SECRETARY: "เลขานุการสภา",
}
ACQUISITION_NAMES: Final[Mapping[Acquisition, str]] = {
    Acquisition.ELECTED: "เลือกตั้ง",
    Acquisition.APPOINTED: "แต่งตั้ง",
    Acquisition.NCPO: "ตามคำสั่ง คสช.",
    Acquisition.PROMOTED: "เลื่อนขึ้นมา",
    Acquisition.ACTING: "ปฏิบัติหน้าที่",
}
END_REASON_NAMES: Final[Mapping[EndReason, str]] = {
    EndReason.TERM_OVER: "ครบวาระ",
    EndReason.RESIGNED: "ลาออก",
    EndReason.DIED: "ถึงแก่ความตาย",
    EndReason.DISQUALIFIED: "ขาดคุณสมบัติหรือมีลักษณะต้องห้าม",
    EndReason.REMOVED: "ผู้กำกับดูแลสั่งให้พ้น",
    EndReason.DISSOLVED: "ยุบสภา",
    EndReason.JUDGED: "คำพิพากษา",
    EndReason.RIGHTS_REVOKED: "ถูกเพิกถอนสิทธิ",
    EndReason.STATUS_CHANGED: "อปท. เปลี่ยนฐานะ",
    EndReason.DISMISSED: "ผู้แต่งตั้งให้พ้น",
    EndReason.MAYOR_LEFT: "นายกพ้นจากตำแหน่ง",
    EndReason.SEAT_LEFT: "พ้นจากสมาชิกสภา",
}
SEX_NAMES: Final[Mapping[Sex, str]] = {Sex.MALE: "ชาย", Sex.FEMALE: "หญิง"}
EDUCATION_NAMES: Final[Mapping[Education, str]] = {
    Education.BELOW_SECONDARY: "ต่ำกว่ามัธยมศึกษา",
    Education.LOWER_SECONDARY: "มัธยมศึกษาตอนต้น",
    Education.UPPER_SECONDARY: "มัธยมศึกษาตอนปลาย หรือ ปวช.",
    Education.DIPLOMA: "อนุปริญญา หรือ ปวส.",
    Education.BACHELOR: "ปริญญาตรี",
    Education.MASTER: "ปริญญาโท",
    Education.DOCTOR: "ปริญญาเอก",
}

TERM_OVER: Final = EndReason.TERM_OVER

# held beside another post; all others are the one place of a person
BESIDE: Final = frozenset({Post.SPEAKER, Post.DEPUTY_SPEAKER, Post.COUNCIL_SECRETARY})
# the seats that people vote for
VOTED: Final = frozenset({Post.MAYOR, Post.MEMBER})
# who came with the mayor leaves with the mayor; who presides leaves with the own seat
WITH_MAYOR: Final = frozenset({Post.DEPUTY_MAYOR, Post.ADVISER, Post.MAYOR_SECRETARY})
WITH_SEAT: Final = frozenset({Post.SPEAKER, Post.DEPUTY_SPEAKER})


def seat_name(post: Post, constituency: int | None) -> str:
    """'สมาชิกสภา เขต 2'; of an อบต. the constituency is the village."""
    return POST_NAMES[post] if constituency is None else f"{POST_NAMES[post]} เขต {constituency}"


def has_constituency(post: Post | None) -> bool:
    """Whether a constituency is asked of the post."""
    return post is Post.MEMBER


def usual_way(post: Post | None) -> Acquisition | None:
    """How somebody comes to a post, as a rule."""
    if post is None:
        return None
    if post is Post.ACTING_MAYOR:
        return Acquisition.ACTING
    return Acquisition.ELECTED if post in VOTED else Acquisition.APPOINTED


def ways_into(post: Post | None) -> tuple[Acquisition, ...]:
    """How somebody may have come to a post: only to some by vote."""
    is_voted = post is None or post in VOTED
    return tuple(way for way in ACQUISITION_NAMES if way is not Acquisition.ELECTED or is_voted)


def is_by_vote(post: Post | None, way: Acquisition | None) -> bool:
    """Whether an election is asked for; who was promoted or left in by order was once elected."""
    return post in VOTED and way not in {Acquisition.APPOINTED, Acquisition.ACTING}


def is_by_order(way: Acquisition | None) -> bool:
    """Whether an order is asked for."""
    return way is not None and way is not Acquisition.ELECTED


def reasons_to_leave(post: Post | None) -> tuple[EndReason, ...]:
    """Why somebody may leave a post: who was voted for follows nobody and is not dismissed."""
    following = {EndReason.DISMISSED, EndReason.MAYOR_LEFT, EndReason.SEAT_LEFT}
    return tuple(why for why in END_REASON_NAMES if why not in following or post not in VOTED)
