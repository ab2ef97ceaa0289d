"""How much of the reading order survives: 5-gram recall on made-up pages, in one and two columns and interleaved.

``python -m bench.reading_order`` needs no data: it draws 40 invented people three times each with reportlab. In the
interleaved form the two columns are drawn line by line across the page, as some word processors and print drivers do.
"""

import argparse
import io
import time
from statistics import median

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from assay.reading.pdf import read_pdf
from bench.made_resumes.people import Person, invent

_FONT, _BOLD, _SIZE, _LEADING = "Helvetica", "Helvetica-Bold", 9.5, 12.5
Styled = list[tuple[str, bool]]


def _wrapped(text: str, width: float, *, is_bold: bool = False) -> Styled:
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and stringWidth(joined, _BOLD if is_bold else _FONT, _SIZE) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return [(line, is_bold) for line in lines]


def _latin(text: str) -> str:
    return text.encode("cp1252", errors="ignore").decode("cp1252")


def _main(person: Person, width: float) -> Styled:
    lines: Styled = [(person.headings["work"].upper(), True)]
    for job in person.jobs:
        lines += [
            ("", False),
            (_latin(job.title), True),
            (_latin(f"{job.employer}, {job.place}"), False),
            (_latin(job.dates), False),
        ]
        for task in job.tasks:
            lines += _wrapped(_latin(f"• {task}"), width)
    return lines


def _side(person: Person, width: float) -> Styled:
    lines: Styled = [(person.headings["summary"].upper(), True), *_wrapped(_latin(person.summary), width), ("", False)]
    lines += [(person.headings["education"].upper(), True)]
    for study in person.studies:
        lines += [
            *_wrapped(_latin(f"{study.degree}, {study.area}"), width, is_bold=True),
            *_wrapped(_latin(study.school), width),
        ]
        lines += [(_latin(study.dates), False), ("", False)]
    lines += [
        (person.headings["skills"].upper(), True),
        *_wrapped(_latin(", ".join(person.skills)), width),
        ("", False),
    ]
    return [*lines, (person.headings["languages"].upper(), True), *((_latin(line), False) for line in person.languages)]


def draw(*, person: Person, form: str) -> tuple[bytes, str]:
    """One page as PDF and its words in true reading order; ``form`` is one, two or mix."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    top, left = A4[1] - 60, 45.0
    canvas.setFont(_BOLD, 20)
    canvas.drawString(left, top, _latin(person.name))
    top -= 30
    if form == "one":
        columns = [(left, [*_main(person, 500), ("", False), *_side(person, 500)])]
    else:
        columns = [(left, _side(person, 160)), (left + 185, _main(person, 320))]
    drawn = [
        (column if form != "mix" else 0, row, x, line, is_bold)
        for column, (x, lines) in enumerate(columns)
        for row, (line, is_bold) in enumerate(lines)
    ]
    for _, row, x, line, is_bold in sorted(drawn, key=lambda item: item[:2]):
        canvas.setFont(_BOLD if is_bold else _FONT, _SIZE)
        canvas.drawString(x, top - row * _LEADING, line)
    canvas.save()
    return buffer.getvalue(), " ".join(
        [_latin(person.name), *(line for _, lines in columns for line, _ in lines if line)]
    )


def recall(*, truth: str, read: str) -> float:
    """Share of the true text's word 5-grams that stand in what was read."""
    wanted, got = truth.split(), read.split()
    grams = {tuple(got[i : i + 5]) for i in range(len(got) - 4)}
    total = len(wanted) - 4
    return sum(tuple(wanted[i : i + 5]) in grams for i in range(total)) / total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=40)
    people = [
        invent(seed=seed, language=("en", "de", "fr", "es")[seed % 4]) for seed in range(parser.parse_args().people)
    ]
    print("| form | 5-gram recall, ours: mean / lowest | pypdfium2 as drawn | CPU ms a page, ours (median) |")
    print("|---|---|---|---|")
    for form in ("one", "two", "mix"):
        ours, raw, spent = [], [], []
        for person in people:
            data, truth = draw(person=person, form=form)
            start = time.process_time()
            text = read_pdf(data=data).text
            spent.append(1000 * (time.process_time() - start))
            ours.append(recall(truth=truth, read=text))
            page = pypdfium2.PdfDocument(data)[0]
            raw.append(recall(truth=truth, read=page.get_textpage().get_text_range()))
        mean, lowest, plain = sum(ours) / len(ours), min(ours), sum(raw) / len(raw)
        print(f"| {form} | {mean:.3f} / {lowest:.3f} | {plain:.3f} | {median(spent):.1f} |")


if __name__ == "__main__":
    main()
