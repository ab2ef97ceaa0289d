"""Files a second, read in limited children: two-page résumés, document and résumé fields in one round trip.

`python -m bench.read_speed [--files 200] [--children 2] [--data FOLDER]`; PDFs under FOLDER are read as well.
"""

import argparse
import io
import resource
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from assay.reading.limits.pool import ReaderPool
from assay.reading.limits.protocol import Limits, Request, Task

_TEXT = (
    "built measured ranked deployed trained monitored a search service with Python and PyTorch on "
    "Kubernetes for three million customers which cut latency by half while recall rose in the weekly "
    "evaluation"
)
WORDS = _TEXT.split()


def two_pages(rng: np.random.Generator) -> bytes:
    """About 700 words over two pages, with the sections of a résumé."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(72, 790, "Ada Lovelace")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(72, 772, "ada@example.org  +44 20 7946 0000  London")
    for heads in (("Summary", "Experience"), ("Education", "Skills")):
        y = 740
        for head in heads:
            canvas.setFont("Helvetica-Bold", 12)
            canvas.drawString(72, y, head)
            canvas.setFont("Helvetica", 10)
            for line in range(20):
                y -= 16
                dated = f"Engineer, Acme   {2000 + line} – {2001 + line}" if line % 7 == 0 else ""
                canvas.drawString(72, y, dated or "• " + " ".join(rng.choice(WORDS, 9)))
            y -= 26
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def measure(*, name: str, files: Sequence[bytes], children: int, rounds: int) -> None:
    limits = Limits()
    rates, used = [], []
    with ReaderPool(size=children, limits=limits) as pool, ThreadPoolExecutor(children) as threads:

        def ask(data: bytes) -> None:
            pool.ask(request=Request(task=Task.APPLICATION, data=data, file_name="cv.pdf", cpu_s=limits.cpu_s))

        list(threads.map(ask, files[: 2 * children]))
        for _ in range(rounds):
            start = time.perf_counter()
            list(threads.map(ask, files))
            rates.append(len(files) / (time.perf_counter() - start))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_ms = 1e3 * (used.ru_utime + used.ru_stime) / (rounds * len(files))
    print(f"{name}: {statistics.median(rates):.1f} files/s, {cpu_ms:.0f} CPU ms a file, all in")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--children", type=int, default=2)
    parser.add_argument("--data", type=Path)
    args = parser.parse_args()
    rng = np.random.default_rng(0)
    made = [two_pages(rng) for _ in range(args.files)]
    measure(name="two pages, made here", files=made, children=args.children, rounds=args.rounds)
    if args.data is None or not args.data.is_dir():
        print("given files: skipped, no --data FOLDER")
        return
    given = [file.read_bytes() for file in sorted(args.data.rglob("*.pdf"))]
    measure(name=f"{len(given)} given PDFs", files=given, children=args.children, rounds=args.rounds)


if __name__ == "__main__":
    main()
