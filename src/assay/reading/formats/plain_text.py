"""Plain text: the encoding found from the bytes, lines kept as they are."""

import codecs
from typing import NamedTuple

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.formats.builder import DocumentBuilder, Paragraph, Run
from assay.reading.model import Document, Notice

MAX_BYTES = 5_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ALLOWED_CONTROLS = {"\t", "\n", "\r", "\f", "\v", "\x1a"}


class Decoded(NamedTuple):
    """Text, and what a person should know of how its bytes were understood."""

    text: str
    notices: tuple[Notice, ...] = ()


def read_plain_text(*, data: bytes) -> Document:
    """Yield the text line by line.

    Raises
    ------
    UnreadableError
        The bytes are not text (`NOT_A_DOCUMENT`), or more than `MAX_BYTES` (`TOO_LARGE`).
    """
    decoded = decode_text(data=data)
    builder = DocumentBuilder()
    for line in decoded.text.split("\n"):
        builder.add(Paragraph((Run(line),)))
    return builder.build(media_type="text/plain", notices=decoded.notices)


def decode_text(*, data: bytes) -> Decoded:
    """Yield the characters of a text file, line ends as line feeds. Raises as `read_plain_text`."""
    if len(data) > MAX_BYTES:
        message = f"The text is larger than {MAX_BYTES // 1_000_000} MB; send the document itself."
        raise UnreadableError(code=UnreadableCode.TOO_LARGE, message=message)
    decoded = _decode(data)
    _refuse_binary(decoded.text)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\v", "\n")
    return Decoded(text.rstrip("\x1a"), decoded.notices)


def _decode(data: bytes) -> Decoded:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _with_replacements(data[len(bom) :], encoding)
    if b"\0" in data:
        return _with_replacements(data, _wide_encoding(data))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _broken_utf8(data) or _western(data)


def _wide_encoding(data: bytes) -> str:
    """Yield which half of each pair is zero in text of a European language; anything else is no text."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    half = len(data) / 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    raise _not_text()


def _with_replacements(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, _notice_of_replacements(text.count("\ufffd")))


def _broken_utf8(data: bytes) -> Decoded | None:
    """Yield UTF-8 with a few broken places; None where the bytes look like another encoding."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text if ord(c) > 0x7F) - bad
    return Decoded(text, _notice_of_replacements(bad)) if good >= 2 * bad else None


def _western(data: bytes) -> Decoded:
    # Five bytes have no meaning in cp1252; Latin-1 gives them controls, which are counted as binary later.
    return Decoded("".join(_cp1252(byte) for byte in data))


def _cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _notice_of_replacements(count: int) -> tuple[Notice, ...]:
    if not count:
        return ()
    return (Notice(code="encoding", message=f"{count} characters could not be read: the file's encoding is damaged."),)


def _refuse_binary(text: str) -> None:
    sample = text[:200_000]
    controls = sum(1 for c in sample if (c < " " or "\x7f" <= c <= "\x9f") and c not in _ALLOWED_CONTROLS)
    if "\0" in text or controls > 0.01 * len(sample):
        raise _not_text()


def _not_text() -> UnreadableError:
    message = "The file is not a document that can be read; send a PDF, DOCX, ODT, RTF, HTML or text file."
    return UnreadableError(code=UnreadableCode.NOT_A_DOCUMENT, message=message)
