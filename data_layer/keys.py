"""Secret keys: made once, kept in a 0600 file outside the database folder.

The file is JSON: {"index": hex, "demo": hex, "data": {"1": hex, ...}}; the highest number under
"data" encrypts, all of them decrypt. Losing the file loses every citizen id and phone number.
"""

import hmac
import json
import os
import secrets
import stat
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from data_layer.config import config

KEY_BYTES = 32
NONCE_BYTES = 12
_GROUP_OR_WORLD = stat.S_IRWXG | stat.S_IRWXO


class KeysUnusable(RuntimeError):
    """The keys are missing, readable by others, or not the ones the data was written with."""


@dataclass(frozen=True)
class Keys:
    """The keys of this installation."""

    index: bytes
    demo: bytes
    data: dict[int, bytes]

    @property
    def current(self) -> int:
        """The number of the key that new values are encrypted with."""
        return max(self.data)

    def encrypt(self, text: str, place: str) -> bytes:
        """AES-256-GCM of `text`, bound to `place` (table.column): key number, nonce, ciphertext."""
        return self.encrypt_bytes(text.encode(), place)

    def decrypt(self, blob: bytes, place: str) -> str:
        """The text again. Raises KeysUnusable when it was altered, moved or written otherwise."""
        return self.decrypt_bytes(blob, place).decode()

    def encrypt_bytes(self, content: bytes, place: str) -> bytes:
        """As `encrypt`, for what is no text."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self.data[self.current]).encrypt(nonce, content, place.encode())
        return bytes([self.current]) + nonce + sealed

    def decrypt_bytes(self, blob: bytes, place: str) -> bytes:
        """As `decrypt`, for what is no text."""
        number, nonce, sealed = blob[0], blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :]
        try:
            return AESGCM(self.data[number]).decrypt(nonce, sealed, place.encode())
        except (KeyError, InvalidTag) as problem:
            message = f"a value of {place} does not open with these keys"
            raise KeysUnusable(message) from problem

    def blind_index(self, text: str) -> bytes:
        """What a citizen id is looked up by: equal ids, equal bytes; worthless without the key."""
        return hmac.digest(self.index, b"citizen_id\0" + text.encode(), sha256)

    def demo_secret(self, what: str) -> bytes:
        """Stable secret bytes for one demo account of this installation."""
        return hmac.digest(self.demo, what.encode(), sha256)

    def rotated(self) -> "Keys":
        """The same keys with a new one that encrypts from now on."""
        fresh = {self.current + 1: secrets.token_bytes(KEY_BYTES)}
        return Keys(self.index, self.demo, self.data | fresh)


def make_keys() -> Keys:
    """New random keys."""
    return Keys(
        secrets.token_bytes(KEY_BYTES),
        secrets.token_bytes(KEY_BYTES),
        {1: secrets.token_bytes(KEY_BYTES)},
    )


def write_keys(keys: Keys, path: Path) -> None:
    """Write a key file that only its owner reads. Never writes over one: raises FileExistsError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = json.dumps(
        {
            "index": keys.index.hex(),
            "demo": keys.demo.hex(),
            "data": {str(number): key.hex() for number, key in keys.data.items()},
        }
    )
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())  # data will be sealed with these keys a moment later


def replace_keys(keys: Keys, path: Path) -> None:
    """Put other keys into the file, in one step: it holds the old ones or the new ones."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    write_keys(keys, fresh)
    fresh.replace(path)


def read_keys(path: Path) -> Keys:
    """The keys in the file. Raises KeysUnusable when it is missing, malformed or open to others."""
    if not path.exists():
        message = f"there is no key file {path}: restore it, or run `manage.py init` for a new one"
        raise KeysUnusable(message)
    if path.stat().st_mode & _GROUP_OR_WORLD:
        message = f"{path} can be read by others: chmod 600 it"
        raise KeysUnusable(message)
    try:
        return _parse(path.read_text())
    except (ValueError, KeyError, TypeError) as problem:
        message = f"{path} is not a key file of ours"
        raise KeysUnusable(message) from problem


def _parse(text: str) -> Keys:
    raw = json.loads(text)
    data = {int(number): bytes.fromhex(key) for number, key in raw["data"].items()}
    keys = Keys(bytes.fromhex(raw["index"]), bytes.fromhex(raw["demo"]), data)
    if not data or any(len(key) < KEY_BYTES for key in (keys.index, keys.demo, *data.values())):
        message = f"a key is shorter than {KEY_BYTES} bytes"
        raise ValueError(message)
    return keys


@cache
def keys() -> Keys:
    """The keys of this process."""
    return read_keys(config().keys_file)


def keys_that_open(blob: bytes) -> Keys:
    """The keys of this process; read anew when another process has rotated them since."""
    if blob[0] not in keys().data:
        keys.cache_clear()
    return keys()
