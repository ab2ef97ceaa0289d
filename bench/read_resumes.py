"""Fields read from real résumé PDFs, beside other readers: ``python -m bench.read_resumes --data FOLDER``.

FOLDER holds PDFs and a ``truth.json`` (file name → name, email, phone, companies, titles, institutions, degrees), as
``resumes/rendercv`` of the public data does. With ``--made`` the invented people of ``bench.made_resumes`` are read.
Peers that cannot be installed here are quoted from an earlier measurement on 56 PDFs, and marked so. Scoring: name and
e-mail exact, the last nine digits of the phone, F1 of lists with a fuzzy ratio of at least 85 or containment.
"""

import argparse
import json
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import typst

from assay.reading.pdf import read_pdf
from assay.reading.resume import read_resume
from bench.made_resumes.people import invent
from bench.made_resumes.scoring import Tally, fields_of
from bench.made_resumes.typst_layouts import LAYOUTS
from bench.made_resumes.typst_variants import VARIANTS

_QUOTED = """\
| pyresparser 1.0.6 (quoted; names 15 of 36, e-mails 36 of 36, phones 0 of 18) | 42 | 100 | 0 | 0 | 56 | 0 | 0 |
| resume-parser 0.8.4 (quoted; 18 / 36 / 9) | 50 | 100 | 50 | 20 | 64 | 62 | 21 |
| resume-parser-pro 1.0.2 (quoted; 9 / 7 / 18) | 25 | 19 | 100 | 0 | 0 | 0 | 24 |
| OpenResume (quoted; 31 / 20 / 9) | 86 | 56 | 50 | 19 | 50 | 31 | 20 |
| one-pass regex + spaCy (quoted; 36 / 36 / 9) | 100 | 100 | 50 | 16 | 75 | 41 | 100 |"""


class Case(NamedTuple):
    """One file and what it holds."""

    label: str
    group: str
    data: bytes
    truth: dict[str, object]


def from_folder(*, folder: Path) -> Iterator[Case]:
    """Files with truth of a folder, grouped by what follows the last double underscore (the theme)."""
    truth_file = folder / "truth.json"
    if not truth_file.is_file():
        print(f"skipped: {truth_file} is absent")
        return
    for name, truth in json.loads(truth_file.read_text(encoding="utf-8")).items():
        if (folder / name).is_file():
            yield Case(name, Path(name).stem.rsplit("__", 1)[-1], (folder / name).read_bytes(), truth)
        else:
            print(f"skipped: {name} is absent")


def from_people(*, people: int, seed: int) -> Iterator[Case]:
    """Invented people in every layout."""
    for number, (name, layout) in enumerate((LAYOUTS | VARIANTS).items()):
        for index in range(people):
            person = invent(seed=seed + 100 * number + index, language=("en", "de", "fr", "es")[index % 4])
            source = layout(person)
            yield Case(f"{name}-{index}", name, typst.compile(source.encode()), person.truth())


def read(data: bytes) -> dict[str, object]:
    """Bytes to fields, all-in."""
    return fields_of(resume=read_resume(document=read_pdf(data=data)))


def measure_speed(*, cases: list[Case], repeats: int) -> None:
    """Print files a second on one process and on two, reading only."""
    batch = [case.data for case in cases] * repeats
    start, cpu = time.perf_counter(), time.process_time()
    for data in batch:
        read(data)
    wall, used = time.perf_counter() - start, time.process_time() - cpu
    print(f"\none process: {len(batch) / wall:.1f} files/s, {1000 * used / len(batch):.1f} CPU ms a file")
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(read, batch[:4]))
        start = time.perf_counter()
        list(pool.map(read, batch, chunksize=4))
        print(f"two processes: {len(batch) / (time.perf_counter() - start):.1f} files/s ({len(batch)} files)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, action="append", default=[])
    parser.add_argument("--made", type=int, default=0, help="invented people for each layout")
    parser.add_argument("--seed", type=int, default=5000)
    parser.add_argument("--misses", action="store_true", help="print every field that was missed")
    options = parser.parse_args()
    cases = [case for folder in options.data for case in from_folder(folder=folder)]
    cases += from_people(people=options.made, seed=options.seed)
    if not cases:
        parser.exit(message="nothing to read: give --data FOLDER or --made N\n")
    total, groups = Tally(), {}
    for case in cases:
        found = read(case.data)
        for tally in (total, groups.setdefault(case.group, Tally())):
            tally.add(label=case.label, truth=case.truth, read=found)
    print("| reader | name | e-mail | phone | employers F1 | titles F1 | institutions F1 | degrees F1 |")
    print("|---|---|---|---|---|---|---|---|")
    print(f"| **assay** ({len(cases)} files) | {total.row()} |")
    for group, tally in groups.items():
        print(f"| assay, {group} ({len(tally.exact['name'])}) | {tally.row()} |")
    print(_QUOTED)
    if options.misses:
        print("\n".join(total.misses))
    measure_speed(cases=cases, repeats=max(1, 40 // len(cases)))


if __name__ == "__main__":
    main()
