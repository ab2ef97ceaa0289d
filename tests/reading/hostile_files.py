"""Real files that attack a reader: each is made here, byte by byte."""

import io
import stat
import zipfile
import zlib
from collections.abc import Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

W_NAME = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def raw_pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of the objects, numbered from 1; the first is the catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def one_page_pdf(content: bytes, *, entries: bytes = b"", resources: bytes = b"", more: Sequence[bytes] = ()) -> bytes:
    return raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> %s >> >>" % resources,
            stream(content, entries),
            FONT,
            *more,
        ]
    )


def flate_bomb_pdf(*, megabytes: int) -> bytes:
    """A page whose content unpacks to so many megabytes of operators."""
    packer = zlib.compressobj(9)
    chunk = packer.compress(b"q Q " * 262_144) + packer.flush(zlib.Z_FULL_FLUSH)
    # A fully flushed chunk stands on its own, so the same bytes may follow each other.
    again = zlib.compressobj(9, wbits=-15)
    repeated = again.compress(b"q Q " * 262_144) + again.flush(zlib.Z_FULL_FLUSH)
    last = zlib.compressobj(9, wbits=-15)
    end = last.compress(b"BT ET") + last.flush()
    return one_page_pdf(chunk + repeated * (megabytes - 1) + end, entries=b"/Filter /FlateDecode")


def recursive_form_pdf() -> bytes:
    form = stream(
        b"/X Do (deeper)", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    )
    return one_page_pdf(b"/X Do", resources=b"/XObject << /X 6 0 R >>", more=[form])


def laughing_forms_pdf(*, levels: int = 9, width: int = 10) -> bytes:
    """Forms that each call the next ten times: 10^9 lines of text in a few kilobytes."""
    forms = []
    for level in range(levels):
        last = level == levels - 1
        content = b"BT /F1 9 Tf (ha) Tj ET" if last else b"/X Do " * width
        resources = b"<< /Font << /F1 5 0 R >> >>" if last else b"<< /XObject << /X %d 0 R >> >>" % (7 + level)
        forms.append(stream(content, b"/Type /XObject /Subtype /Form /BBox [0 0 600 700] /Resources %s" % resources))
    return one_page_pdf(b"/X Do", resources=b"/XObject << /X 6 0 R >>", more=forms)


def many_pages_pdf(*, pages: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (5 + n) for n in range(pages))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R "
    page += b"/Resources << /Font << /F1 4 0 R >> >> >>"
    return raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
            stream(b"BT /F1 12 Tf 72 700 Td (Ada Lovelace wrote programs) Tj ET"),
            FONT,
            *([page] * pages),
        ]
    )


def text_pdf(*lines: str, user_password: str | None = None) -> bytes:
    out = io.BytesIO()
    encrypt = StandardEncryption(user_password, ownerPassword="owner", canPrint=0) if user_password else None
    canvas = Canvas(out, encrypt=encrypt, invariant=1)
    for number, line in enumerate(lines):
        canvas.drawString(72, 720 - 16 * number, line)
    canvas.save()
    return out.getvalue()


def zipped(entries: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def zip_with_link(*, name: str, target: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.create_system = 3
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, target)
        archive.writestr("cv.txt", "Ada Lovelace")
    return out.getvalue()


def document_xml(body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W_NAME}" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        f'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:body>{body}</w:body></w:document>'
    )


def docx(body: str, **parts: bytes | str) -> bytes:
    """A DOCX of this body; further parts by name, with ``__`` for ``/`` and a single ``_`` for ``.``."""
    entries: dict[str, bytes | str] = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document_xml(body)}
    for name, content in parts.items():
        entries[name.replace("__", "/").replace("_", ".")] = content
    return zipped(entries)


def paragraph(text: str, *, run: str = "", properties: str = "") -> str:
    return f'<w:p>{properties}<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def billion_laughs_docx() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE w:document [{entities}]><w:document xmlns:w="{W_NAME}"><w:body><w:p><w:r>'
    xml += "<w:t>&a9;</w:t></w:r></w:p></w:body></w:document>"
    return zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": xml})


def external_entity_docx(*, address: str) -> bytes:
    xml = f'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY x SYSTEM "{address}">]>'
    xml += f'<w:document xmlns:w="{W_NAME}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    return zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": xml})
