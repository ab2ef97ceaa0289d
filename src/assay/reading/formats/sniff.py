"""What a file is, told from its bytes; the name only decides between kinds of text and is held against the bytes."""

import codecs
import json
import re
from enum import StrEnum

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.formats.zipped import ZipContainer
from assay.reading.model import Notice

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNSUPPORTED = {
    b"GIF8": "a GIF picture",
    b"II*\0": "a TIFF picture",
    b"MM\0*": "a TIFF picture",
    b"BM": "a BMP picture",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"%!PS": "a PostScript file",
    b"MZ": "a program",
    b"\x7fELF": "a program",
}
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|div|table|article|section|h[1-6]|p)\b[^<>]{0,500}>", re.IGNORECASE
)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|[-*] \S.*\[[^\]]+\]\(https?://)|\*\*\S[^*\n]*\*\*", re.MULTILINE)


class Kind(StrEnum):
    """The kinds of file that are told apart."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    HTML = "html"
    MARKDOWN = "md"
    TEXT = "txt"
    JSON = "json"
    IMAGE = "image"
    ZIP = "zip"


_EXTENSIONS = {
    Kind.PDF: {"pdf"},
    Kind.DOCX: {"docx", "docm", "dotx", "dotm"},
    Kind.ODT: {"odt", "ott"},
    Kind.RTF: {"rtf"},
    Kind.HTML: {"html", "htm", "xhtml"},
    Kind.MARKDOWN: {"md", "markdown", "mdown", "txt", "text"},
    Kind.TEXT: {"txt", "text", "md", "markdown", "csv", "log", "asc"},
    Kind.JSON: {"json"},
    Kind.IMAGE: {"png", "jpg", "jpeg"},
    Kind.ZIP: {"zip"},
}


_WIDE_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def sniff(*, data: bytes, file_name: str) -> Kind:
    """Yield the kind of a file.

    Raises
    ------
    UnreadableError
        The file is empty, or of a kind that is known and not read.
    """
    if not data.strip(b" \t\r\n\0"):
        message = "The file is empty; look whether the upload was cut off and send it again."
        raise UnreadableError(code=UnreadableCode.EMPTY, message=message)
    head = data[:1_024]
    if b"%PDF-" in head:
        return Kind.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if head.lstrip().startswith(b"{\\rtf"):
        return Kind.RTF
    if head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return Kind.IMAGE
    _refuse_known(data)
    return _text_kind(data, extension_of(file_name=file_name))


def extension_of(*, file_name: str) -> str:
    """Yield the extension in lower case, without its dot; "" where there is none."""
    return file_name.rpartition(".")[2].lower() if "." in file_name else ""


def notice_of_name(*, kind: Kind, file_name: str) -> tuple[Notice, ...]:
    """Yield a notice where the name says another kind than the bytes."""
    extension = extension_of(file_name=file_name)
    if not extension or extension in _EXTENSIONS[kind] or not any(extension in known for known in _EXTENSIONS.values()):
        return ()
    message = f"The name ends in .{extension}, but the file is {kind.value.upper()}; it was read as that."
    return (Notice(code="wrong_extension", message=message),)


def _zip_kind(data: bytes) -> Kind:
    container = ZipContainer(data=data, max_entries=1_000_000)
    names = container.names()
    if "mimetype" in names and "content.xml" in names:
        kind = container.read("mimetype") or b""
        if kind.startswith(b"application/vnd.oasis.opendocument.text"):
            return Kind.ODT
        raise _unsupported("an OpenDocument table, drawing or presentation")
    if "[Content_Types].xml" in names:
        if any(name.startswith(("xl/", "ppt/", "visio/")) for name in names):
            raise _unsupported("a table or presentation")
        return Kind.DOCX
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names) or "Index.zip" in names:
        raise _unsupported("an Apple Pages document")
    return Kind.ZIP


def _refuse_known(data: bytes) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            message = "The document is protected by a password; save it without one and send it again."
            raise UnreadableError(code=UnreadableCode.ENCRYPTED, message=message)
        raise _unsupported("an old Word document (.doc)")
    for magic, what in _UNSUPPORTED.items():
        if data.startswith(magic):
            raise _unsupported(what)
    if data[8:12] == b"WEBP" or data[4:12] in {b"ftypheic", b"ftypmif1", b"ftypheix"}:
        raise _unsupported("a WebP or HEIC picture")


def _text_kind(data: bytes, extension: str) -> Kind:
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:4_096]
    if (start.startswith(b"[") and extension == "json") or _is_wide_json(data, extension):
        return Kind.JSON
    if start.startswith(b"{") and (extension == "json" or (data.rstrip().endswith(b"}") and b'"' in start)):
        return Kind.JSON
    if start.startswith(b"<?xml") and not _HTML.search(start):
        raise _unsupported("an XML file")
    is_named_html = extension in {"html", "htm"}
    if (start.startswith(b"<") or is_named_html) and _HTML.search(data[:100_000] if is_named_html else start):
        return Kind.HTML
    if extension in {"md", "markdown", "mdown"}:
        return Kind.MARKDOWN
    if extension not in {"txt", "text"} and len(_MARKDOWN.findall(data[:20_000].decode("utf-8", "replace"))) >= 2:
        return Kind.MARKDOWN
    return Kind.TEXT


def _is_wide_json(data: bytes, extension: str) -> bool:
    """Whether a file in UTF-16 or UTF-32 begins as JSON does; without the name, an object's first key must follow."""
    if b"\0" not in data[:16] or not (extension == "json" or data.startswith(_WIDE_BOMS)):
        return False
    wide = data[:4_096].decode(json.detect_encoding(data), "ignore").lstrip("\ufeff \t\r\n")
    return wide.startswith("{") and (extension == "json" or wide[1:].lstrip().startswith('"'))


def _unsupported(what: str) -> UnreadableError:
    message = f"The file is {what}, which is not read; save it as DOCX or PDF and send that."
    return UnreadableError(code=UnreadableCode.UNSUPPORTED, message=message)
