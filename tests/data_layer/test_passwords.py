"""What is accepted as a password and how it is kept. Requirements A10 and A11."""

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from data_layer import passwords
from data_layer.db import bookkeeping, reading
from data_layer.models import User
from data_layer.passwords import PasswordBlankEdges, PasswordGuessable, PasswordTooShort
from tests import people
from tests.people import OFFICER

KNOWN = ("สมชาย", "ใจดี", "1101700230708", "0812345678", "somchai@example.go.th", "4805")


@pytest.mark.parametrize("password", ["", "123456", "ab!K9zqW4rT", "ฝนตกที่ท่า", "x" * 129])
def test_a10_refuses_fewer_than_12_and_more_than_128_characters(password):
    with pytest.raises(PasswordTooShort) as refused:
        passwords.check_policy(password)

    assert str(len(password)) in str(refused.value)


@pytest.mark.parametrize("password", [" correct horse battery", "correct horse battery\t"])
def test_a10_refuses_a_blank_at_an_end(password):
    with pytest.raises(PasswordBlankEdges):
        passwords.check_policy(password)


@pytest.mark.parametrize(
    "password",
    [
        "123456123456",
        "123456789012",
        "aaaaaaaaaaaa",
        "passwordpassword",
        "password1234",
        "qwertyuiop12",
        "abcdefghijkl",
        "1q2w3e4r5t6y",
        "iloveyou1234",
        "1101700230708",
        "08123456780812345678",
        "somchai@example.go.th",
        "480548054805",
        "phromphromphrom",
        "P@ssw0rd1234",
    ],
)
def test_a10_refuses_what_a_patient_script_or_a_colleague_guesses(password):
    with pytest.raises(PasswordGuessable):
        passwords.check_policy(password, KNOWN)


@pytest.mark.parametrize(
    "password",
    [
        "ฝนตกที่ท่าน้ำวันเสาร์",
        "correct horse battery staple",
        "kfwhzzpqmrtx",
        "ข้าวเหนียวมะม่วง หน้าบ้านยาย อร่อยที่สุดในโลกตั้งแต่ปี ๒๕๐๐ จนถึงวันนี้",
        "k7" * 3 + "zqvxwj",
        "x" + "รักบ้านเกิด เมืองนอน " * 6,
    ],
)
def test_a10_takes_long_and_thai_sentences_and_asks_for_no_composition(password):
    passwords.check_policy(password.strip(), KNOWN)


def test_a10_compares_exactly():
    kept = passwords.hash_password("Correct horse battery")

    assert passwords.verify(kept, "Correct horse battery")
    for other in ("correct horse battery", "Correct horse battery ", "Correct horse batter"):
        assert not passwords.verify(kept, other)


def test_a_password_of_128_thai_letters_counts_to_the_last_one():
    password = "ก" * 64 + "ข" * 64
    kept = passwords.hash_password(password)

    assert passwords.verify(kept, password)
    assert not passwords.verify(kept, password[:-1] + "ค")


@pytest.mark.parametrize("kept", [None, passwords.UNUSABLE, ""])
def test_nothing_opens_an_account_without_a_password(kept):
    for password in ("", "!", "123456"):
        assert not passwords.verify(kept, password)


@pytest.mark.usefixtures("costly_passwords")
def test_a11_kept_as_argon2id_with_the_parameters_that_were_chosen():
    kept = passwords.hash_password("correct horse battery")

    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert kept != passwords.hash_password("correct horse battery")


@pytest.mark.usefixtures("costly_passwords")
def test_a11_a_hash_of_older_parameters_is_made_anew_at_the_next_sign_in(database):
    older = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(OFFICER.password)
    with bookkeeping() as session:
        session.execute(
            update(User).where(User.id == people.user_id(OFFICER)).values(password_hash=older)
        )

    people.sign_in_as(OFFICER)

    with reading() as session:
        kept = session.scalar(select(User.password_hash).where(User.id == people.user_id(OFFICER)))
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert people.sign_in_as(OFFICER)
