"""Public references: what stands in a URL instead of a row number, so that nothing can be counted or guessed."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
"""Thirty characters that are not confused when read aloud or typed."""

REF_LENGTH = 12


def new_ref() -> str:
    """Yield a random reference of twelve characters (30**12, about 59 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(REF_LENGTH))
