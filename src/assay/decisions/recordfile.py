"""A person's own record as a signed file: written, read and verified. Pure; knows no database and no network.

The signature (Ed25519, RFC 8032) is taken over the record's canonical form: JSON with sorted keys, no spaces, UTF-8,
whole numbers only. So the file may be indented, reordered or sent through anything that keeps JSON what it is.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = "assay-record/1"
MOST_BYTES = 4 * 2**20
MOST_DIGITS = 1000
MOST_DEPTH_WORDS = "The file is nested too deeply to be a record."
KEY_BYTES, SIGNATURE_BYTES = 32, 64


class RecordError(ValueError):
    """The file is no record, or is not what was signed; the message is for people."""


class Verified(NamedTuple):
    """A record whose signature holds, and the fingerprint of the key that made it."""

    record: dict[str, Any]
    fingerprint: str


def signing_key(*, secret: str, organisation: str) -> Ed25519PrivateKey:
    """Yield an organisation's key, derived from the installation's secret: nothing more to keep or to lose."""
    derive = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=b"assay-record", info=organisation.encode())
    return Ed25519PrivateKey.from_private_bytes(derive.derive(secret.encode()))


def fingerprint_of(public_key: bytes) -> str:
    """Yield a public key's SHA-256 in eight groups of four hexadecimal digits, for comparing by eye."""
    digest = hashlib.sha256(public_key).hexdigest()[:32]
    return " ".join(digest[start : start + 4] for start in range(0, 32, 4))


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """Yield the 32 bytes of a key's public half."""
    return key.public_key().public_bytes_raw()


def signed_file(*, record: Mapping[str, Any], key: Ed25519PrivateKey) -> bytes:
    """Yield the file. Raises `RecordError` for values that have no canonical form."""
    given = {"format": FORMAT, "record": record}
    file = {
        **given,
        "signature": {
            "algorithm": "Ed25519",
            "public_key": base64.b64encode(public_bytes(key)).decode(),
            "value": base64.b64encode(key.sign(_canonical(given))).decode(),
        },
    }
    return json.dumps(file, ensure_ascii=False, indent=2, sort_keys=True).encode()


def verified(*, data: bytes) -> Verified:
    """Yield the record of a file whose signature holds. Raises `RecordError` saying what is wrong."""
    file = _parsed(data)
    signature = file.get("signature")
    if file.get("format") != FORMAT or not isinstance(file.get("record"), dict) or not isinstance(signature, dict):
        raise RecordError(f"This is no signed record of the format {FORMAT}.")
    if set(file) != {"format", "record", "signature"}:
        raise RecordError("Something stands in the file that was not signed.")
    if signature.get("algorithm") != "Ed25519":
        raise RecordError("The signature is of a kind that is not known.")
    public_key = _bytes(signature.get("public_key"), KEY_BYTES)
    value = _bytes(signature.get("value"), SIGNATURE_BYTES)
    signed = _canonical({"format": file["format"], "record": file["record"]})
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(value, signed)
    except InvalidSignature as error:
        raise RecordError("The signature does not hold: something was changed after it was signed.") from error
    return Verified(file["record"], fingerprint_of(public_key))


def _parsed(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise RecordError("The file is larger than any record.")
    try:
        file = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_once,
            parse_float=_no_fraction,
            parse_constant=_no_fraction,
            parse_int=_whole,
        )
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise RecordError("The file is not JSON in UTF-8.") from error
    except RecursionError as error:
        raise RecordError(MOST_DEPTH_WORDS) from error
    if not isinstance(file, dict):
        raise RecordError("The file is not a record.")
    return file


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that stands twice: readers disagree on which one counts."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise RecordError("A name stands twice in the file, so readers could see different things.")
    return found


def _no_fraction(_text: str) -> Any:
    raise RecordError("The file holds a number with a fraction, which a record never does.")


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise RecordError("The file holds a number that is too long.")
    return int(text)


def _bytes(given: object, length: int) -> bytes:
    try:
        found = base64.b64decode(given, validate=True) if isinstance(given, str) else b""
    except (binascii.Error, ValueError):
        found = b""
    if len(found) != length:
        raise RecordError("The signature is damaged.")
    return found


def _canonical(value: Mapping[str, Any]) -> bytes:
    _check(value)
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    except (RecursionError, UnicodeEncodeError) as error:
        raise RecordError("The record has no canonical form.") from error


def _check(value: object) -> None:
    """Refuse what two writers of JSON could write differently; without recursion, so that depth does no harm."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            if not all(isinstance(name, str) for name in one):
                raise RecordError("A name in a record is text.")
            waiting += one.values()
        elif isinstance(one, list | tuple):
            waiting += one
        elif one is not None and not isinstance(one, str | int):
            raise RecordError("A record holds text, whole numbers and yes or no.")
