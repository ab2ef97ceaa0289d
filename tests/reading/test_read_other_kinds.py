import io
import shutil

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from assay.reading import ocr
from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.images import page_png
from assay.reading.model import Box
from assay.reading.read import read_document
from tests.reading.hostile_files import text_pdf

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed here")


def picture(kind: str) -> bytes:
    image = Image.new("RGB", (1_000, 300), "white")
    ImageDraw.Draw(image).text((60, 100), "Ada Lovelace Analyst", fill="black", font=ImageFont.load_default(size=60))
    out = io.BytesIO()
    image.save(out, format=kind)
    return out.getvalue()


def scanned_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(500, 150), invariant=1)
    canvas.drawImage(ImageReader(io.BytesIO(picture("PNG"))), 0, 0, width=500, height=150)
    canvas.save()
    return out.getvalue()


@needs_tesseract
@pytest.mark.parametrize(
    ("name", "make"),
    [("cv.png", lambda: picture("PNG")), ("cv.jpg", lambda: picture("JPEG")), ("cv.pdf", scanned_pdf)],
)
def test_picture_of_text_is_recognised_with_places(name, make):
    document = read_document(data=make(), file_name=name)
    assert document.text == "Ada Lovelace Analyst"
    assert [document.text[word.start : word.end] for word in document.words] == ["Ada", "Lovelace", "Analyst"]
    assert all(0 <= word.box.x0 < word.box.x1 <= 1 for word in document.words)
    assert [notice.code for notice in document.notices] == ["ocr"]


def test_missing_tesseract_is_said_in_one_line(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UnreadableError) as caught:
        read_document(data=scanned_pdf(), file_name="cv.pdf")
    assert (caught.value.code, caught.value.message) == (UnreadableCode.NO_TEXT, ocr.MISSING)


def test_markdown_and_html_lose_their_marks_and_keep_their_meaning():
    markdown = read_document(data=b"# Ada\n\n- **Python** at [Acme](https://acme.example)\n", file_name="cv.md")
    html = read_document(
        data=b"<html><body><h1>Ada</h1><p style='display:none'>planted</p><ul><li>Python</ul></body></html>",
        file_name="cv.html",
    )
    assert markdown.text == "Ada\n\n• Python at Acme"
    assert [link.uri for link in markdown.links] == ["https://acme.example"]
    assert html.text.replace("\n\n", "\n") == "Ada\n• Python"
    assert [hidden.text for hidden in html.hidden] == ["planted"]


def test_json_resume_is_set_out_with_headings():
    data = b'{"basics": {"name": "Ada", "email": "ada@example.org"}, "work": [{"name": "Acme", "position": "Analyst"}]}'
    document = read_document(data=data, file_name="resume.json")
    assert document.text == "Ada\nada@example.org\n\nEmployment\nAnalyst, Acme"
    assert [document.text[line.start : line.end] for line in document.lines if line.is_heading] == ["Employment"]


def test_redacted_page_is_black_where_the_box_lies():
    box = Box(page=0, x0=0.0, y0=0.0, x1=0.9, y1=0.3)
    png = page_png(data=text_pdf("Ada Lovelace"), page_index=0, width_px=400, redact=[box])
    assert png is not None
    with Image.open(io.BytesIO(png)) as image:
        assert image.width == 400
        assert {image.getpixel((x, 40)) for x in range(350)} == {(0, 0, 0)}


def test_file_without_pages_has_no_picture():
    assert page_png(data=b"Ada", page_index=0, width_px=400) is None
