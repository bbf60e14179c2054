"""Random tokens: what a browser holds, and the hash that the database keeps of it."""

import secrets
from hashlib import sha256


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What is kept: a token cannot be had back from it."""
    return sha256(token.encode()).digest()
