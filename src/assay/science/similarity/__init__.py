"""How much of a program also stands in another one: tokens, winnowing fingerprints, containment."""

from assay.science.similarity.tokens import Kind, Token, code_tokens, known_languages
from assay.science.similarity.winnowing import (
    CopyIndex,
    Fingerprints,
    Match,
    containment,
    fingerprints,
    fingerprints_of_text,
)

__all__ = [
    "CopyIndex",
    "Fingerprints",
    "Kind",
    "Match",
    "Token",
    "code_tokens",
    "containment",
    "fingerprints",
    "fingerprints_of_text",
    "known_languages",
]
