"""Secrets that travel in links: 256 bits of chance, of which only the hash is kept."""

import hashlib
import secrets


def new_token() -> str:
    """Yield a secret of 43 letters that may stand in a URL."""
    return secrets.token_urlsafe(32)


def hash_of_token(token: str) -> str:
    """Yield what is stored of a secret: its SHA-256. Plain, since nobody guesses 256 bits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
