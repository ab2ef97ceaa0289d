import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from assay.reading.model import HiddenReason
from assay.reading.read import read_document


def read(draw: Callable[[Canvas], None]):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.drawString(72, 700, "Ada Lovelace, Analyst")
    draw(canvas)
    canvas.save()
    return read_document(data=out.getvalue(), file_name="cv.pdf")


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 650, "planted words")


def nearly_white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.96, 0.96, 0.96)
    canvas.drawString(72, 650, "planted words")


def dark_on_dark(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0, 0, 0.3)
    canvas.rect(60, 600, 300, 70, fill=1, stroke=0)
    canvas.setFillColorRGB(0, 0.02, 0.32)
    canvas.drawString(72, 650, "planted words")


def covered(canvas: Canvas) -> None:
    canvas.drawString(72, 650, "planted words")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(60, 640, 300, 30, fill=1, stroke=0)


def render_mode_three(canvas: Canvas) -> None:
    text = canvas.beginText(72, 650)
    text.setTextRenderMode(3)
    text.textLine("planted words")
    text.setTextRenderMode(0)
    canvas.drawText(text)


def off_page(canvas: Canvas) -> None:
    canvas.drawString(-400, 650, "planted words")


def tiny(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 1)
    canvas.drawString(72, 650, "planted words")


def transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0.02)
    canvas.drawString(72, 650, "planted words")


def white_in_form(canvas: Canvas) -> None:
    canvas.beginForm("box")
    white(canvas)
    canvas.endForm()
    canvas.doForm("box")


def clipped(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(0, 0, 10, 10)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(72, 650, "planted words")


VISIBLE = "built measured search ranking service model pipeline team latency data"
PLANTED = "kubernetes pytorch leadership terraform airflow snowflake"


@pytest.mark.parametrize("lift_pt", [-5, -2, 0, 2, 5])
@pytest.mark.parametrize("shift_pt", [-7, 0, 3])
def test_white_words_over_black_ones_are_listed_whole_and_the_black_ones_stay(lift_pt, shift_pt):
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(72, 650, VISIBLE)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72 + shift_pt, 650 + lift_pt, PLANTED)

    document = read(draw)
    assert document.text.split() == ["Ada", "Lovelace,", "Analyst", *VISIBLE.split()]
    assert " ".join(hidden.text for hidden in document.hidden).split() == PLANTED.split()


@pytest.mark.parametrize(
    ("draw", "reason"),
    [
        (white, HiddenReason.LOW_CONTRAST),
        (nearly_white, HiddenReason.LOW_CONTRAST),
        (dark_on_dark, HiddenReason.LOW_CONTRAST),
        (covered, HiddenReason.COVERED),
        (render_mode_three, HiddenReason.INVISIBLE),
        (off_page, HiddenReason.OFF_PAGE),
        (tiny, HiddenReason.TINY),
        (transparent, HiddenReason.INVISIBLE),
        (white_in_form, HiddenReason.LOW_CONTRAST),
        (clipped, HiddenReason.INVISIBLE),
    ],
)
def test_unseen_words_are_listed_and_not_in_the_text(draw, reason):
    document = read(draw)
    assert document.text.strip() == "Ada Lovelace, Analyst"
    assert " ".join(hidden.text for hidden in document.hidden) == "planted words"
    assert {hidden.reason for hidden in document.hidden} == {reason}
    assert all(hidden.box is not None and hidden.box.page == 0 for hidden in document.hidden)


def white_on_dark(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.4)
    canvas.rect(0, 0, 200, 690, fill=1, stroke=0)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(20, 600, "Skills I 1 l")


def light_grey(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.75, 0.75, 0.75)
    canvas.setFont("Helvetica", 8)
    canvas.drawString(72, 650, "Skills I 1 l")


def over_background(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.97, 0.97, 0.97)
    canvas.rect(60, 600, 300, 70, fill=1, stroke=0)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(72, 650, "Skills I 1 l")


def turned(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.rotate(90)
    canvas.drawString(100, -300, "Skills I 1 l")
    canvas.restoreState()


def white_on_tight_pills(canvas: Canvas) -> None:
    for number, word in enumerate(("Skills", "Python", "I")):
        canvas.setFillColorRGB(0.05, 0.4, 0.35)
        canvas.roundRect(70, 600 - 20 * number, canvas.stringWidth(word) + 3, 12, 2, fill=1, stroke=0)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(71.5, 602.5 - 20 * number, word)


def white_that_leaves_its_bar_a_little(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.4)
    canvas.rect(60, 600, 300, 8, fill=1, stroke=0)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(70, 600.5, "Skills and Projects")


def white_on_a_photo(canvas: Canvas) -> None:
    levels = np.random.default_rng(1).integers(0, 120, (40, 100, 3)).astype(np.uint8)
    canvas.drawImage(ImageReader(Image.fromarray(levels)), 60, 600, 400, 60)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 620, "Skills I 1 l")


@pytest.mark.parametrize(
    "draw",
    [
        white_on_dark,
        light_grey,
        over_background,
        turned,
        white_on_tight_pills,
        white_that_leaves_its_bar_a_little,
        white_on_a_photo,
    ],
)
def test_words_that_a_reader_sees_are_never_called_hidden(draw):
    assert read(draw).hidden == ()
