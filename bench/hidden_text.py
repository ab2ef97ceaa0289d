"""Hidden words: planted in N files in each of the known ways, and looked for in files that hide nothing.

`python -m bench.hidden_text [--planted 200] [--clean 120] [--data FOLDER]`; every PDF under FOLDER counts as clean.
"""

import argparse
import io
import statistics
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfgen.canvas import Canvas

from assay.reading.errors import UnreadableError
from assay.reading.model import Document
from assay.reading.read import read_document

PLANTED = "kubernetes pytorch leadership"
_TEXT = (
    "built measured search ranking service model pipeline team latency data training feature store recall "
    "review deployed monitored customer report evaluation experiment Python Spark Kafka Berlin Acme "
    "Globex University"
)
WORDS = _TEXT.split()
SHADES = (0.0, 0.15, 0.3, 0.45, 0.6)


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(80, 60, PLANTED)


def nearly_white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.95, 0.96, 0.97)
    canvas.drawString(80, 60, PLANTED)


def covered(canvas: Canvas) -> None:
    canvas.drawString(80, 60, PLANTED)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(70, 50, 300, 30, fill=1, stroke=0)


def over_words(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(80, 762, PLANTED)


def mode_three(canvas: Canvas) -> None:
    text = canvas.beginText(80, 60)
    text.setTextRenderMode(3)
    text.textLine(PLANTED)
    text.setTextRenderMode(0)
    canvas.drawText(text)


def off_page(canvas: Canvas) -> None:
    canvas.drawString(700, 60, PLANTED)


def tiny(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 1.2)
    canvas.drawString(80, 60, PLANTED)


def ghost(canvas: Canvas) -> None:
    canvas.setFillAlpha(0.03)
    canvas.drawString(80, 60, PLANTED)


def on_dark(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.4)
    canvas.rect(70, 50, 300, 30, fill=1, stroke=0)
    canvas.drawString(80, 60, PLANTED)


WAYS: tuple[Callable[[Canvas], None], ...] = (
    *(white, nearly_white, covered, over_words, mode_three, off_page, tiny, ghost, on_dark),
)


def page(rng: np.random.Generator, *, way: Callable[[Canvas], None] | None) -> bytes:
    """Yield a page in one of many looks: serif or not, sidebar or not, greys, rules, coloured headings."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(A4, LETTER)[rng.integers(2)], invariant=1)
    font = ("Helvetica", "Times-Roman", "Courier")[rng.integers(3)]
    left = 80
    if rng.random() < 0.4:
        canvas.setFillColorRGB(*rng.uniform(0, 0.45, 3))
        canvas.rect(0, 0, 70, 900, fill=1, stroke=0)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.setFont(font, 7)
        for line in range(12):
            canvas.drawString(6, 700 - 20 * line, str(rng.choice(WORDS)))
    if rng.random() < 0.3:
        canvas.setFillColorRGB(*rng.uniform(0.9, 1, 3))
        canvas.rect(left - 5, 100, 450, 600, fill=1, stroke=0)
    for line in range(40):
        shade = float(rng.choice(SHADES))
        canvas.setFillColorRGB(shade, shade, shade)
        canvas.setFont(font, float(rng.uniform(6.5, 12)))
        canvas.drawString(left, 765 - 16 * line, " ".join(rng.choice(WORDS, 7)))
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont(font, 10)
    if way is not None:
        way(canvas)
    canvas.save()
    return out.getvalue()


def read(data: bytes) -> tuple[Document, float]:
    start = time.process_time()
    document = read_document(data=data, file_name="cv.pdf")
    return document, time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--planted", type=int, default=180)
    parser.add_argument("--clean", type=int, default=120)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    rng = np.random.default_rng(args.seed)
    tried: Counter[str] = Counter()
    found: Counter[str] = Counter()
    strays = 0
    for number in range(args.planted):
        way = WAYS[number % len(WAYS)]
        document, _ = read(page(rng, way=way))
        words = " ".join(hidden.text for hidden in document.hidden).split()
        tried[way.__name__] += 1
        found[way.__name__] += all(word in words for word in PLANTED.split())
        strays += sum(word not in PLANTED.split() for word in words)
    for name in tried:
        print(f"{name}: {found[name]} of {tried[name]} found")
    print(f"visible words wrongly taken away in these files: {strays}")
    seconds, alarms = [], 0
    for _ in range(args.clean):
        document, cost = read(page(rng, way=None))
        seconds.append(cost)
        alarms += bool(document.hidden)
    print(
        f"clean, made here: {alarms} of {args.clean} flagged; {1e3 * statistics.median(seconds):.1f} CPU ms a page read"
    )
    clean_folder(args.data)


def clean_folder(folder: Path | None) -> None:
    if folder is None or not folder.is_dir():
        print("clean, given: skipped, no --data FOLDER")
        return
    files = sorted(folder.rglob("*.pdf"))
    alarms = 0
    for file in files:
        try:
            document, _ = read(file.read_bytes())
        except UnreadableError as error:
            print(f"{file.name}: not read ({error.code.value})")
            continue
        if document.hidden:
            alarms += 1
            print(f"{file.name}: {[(hidden.reason.value, hidden.text[:40]) for hidden in document.hidden][:3]}")
    print(f"clean, given: {alarms} of {len(files)} flagged")


if __name__ == "__main__":
    main()
