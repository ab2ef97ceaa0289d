"""Fields read from documents of many makers: ``python -m bench.reading_makers --data FOLDER``.

FOLDER holds documents of any kind and a ``truth.json``: file name → JSON Resume (1.0.0). The maker of a document, by
which the figures are parted, is its ``x-maker`` or what follows the last double underscore of its name. Only fields
that the truth fills are scored. Name, e-mail (exact, case aside) and phone (the last eight digits) in percent; lists
by F1 over one-to-one pairs with a fuzzy ratio of at least 85, or one inside the other and at least half as long.
``jobs`` and ``studies`` count an entry only if employer, title and first year (institution, degree and last year) are
all right.
"""

import argparse
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from assay.reading.errors import UnreadableError
from assay.reading.read import read_document
from assay.reading.resume import read_resume, to_json_resume

_EXACT = ("name", "email", "phone")
_LISTS = {
    "employers": ("work", ("name",)),
    "titles": ("work", ("position",)),
    "jobs": ("work", ("name", "position", "startDate")),
    "schools": ("education", ("institution",)),
    "degrees": ("education", ("studyType",)),
    "areas": ("education", ("area",)),
    "studies": ("education", ("institution", "studyType", "endDate")),
    "languages": ("languages", ("language",)),
    "certificates": ("certificates", ("name",)),
    "publications": ("publications", ("name",)),
}
_FIELDS = (*_EXACT, *_LISTS, "skills", "links")

Values = list[tuple[str, ...]]


class Score(NamedTuple):
    """Right, wanted and read of one field."""

    right: int
    wanted: int
    read: int


def _text(value: object) -> str:
    return " ".join(str(value or "").casefold().replace("’", "'").split())


def lists_of(*, resume: Mapping[str, Any]) -> dict[str, Values]:
    """Return the lists of a JSON résumé; a list that it does not hold is empty."""
    found: dict[str, Values] = {}
    for field, (section, keys) in _LISTS.items():
        rows = [
            tuple(_text(row.get(k))[: 4 if k.endswith("Date") else None] for k in keys)
            for row in _rows(resume, section)
        ]
        found[field] = list(dict.fromkeys(row for row in rows if any(row)))
    words = [word for row in _rows(resume, "skills") for word in row.get("keywords") or [row.get("name")]]
    found["skills"] = list(dict.fromkeys((_text(word),) for word in words if word))
    basics = resume.get("basics") or {}
    links = [basics.get("url"), *(profile.get("url") for profile in basics.get("profiles") or [])]
    plain = [re.sub(r"^https?://(?:www\.)?|/$", "", _text(link)) for link in links if link]
    found["links"] = list(dict.fromkeys((link,) for link in plain))
    return found


def _rows(resume: Mapping[str, Any], section: str) -> list[Mapping[str, Any]]:
    return [row for row in resume.get(section) or [] if isinstance(row, dict)]


def _is_same(wanted: str, read: str, *, is_loose: bool) -> bool:
    if wanted == read or (is_loose and fuzz.ratio(wanted, read) >= 85):
        return True
    shorter, longer = sorted((wanted, read), key=len)
    return is_loose and bool(shorter) and shorter in longer and 2 * len(shorter) >= len(longer)


def score_list(*, wanted: Values, read: Values, is_loose: bool) -> tuple[Score, Values, Values]:
    """Pair each wanted value with at most one read one; also return what was lost and what was odd."""
    left = list(read)
    lost: Values = []
    for row in wanted:
        pair = next(
            (r for r in left if all(_is_same(a, b, is_loose=is_loose) for a, b in zip(row, r, strict=True))), None
        )
        if pair is None:
            lost.append(row)
        else:
            left.remove(pair)
    return Score(len(wanted) - len(lost), len(wanted), len(read)), lost, left


def _exact(truth: Mapping[str, Any], read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for field in _EXACT:
        sides = [_text((side.get("basics") or {}).get(field)) for side in (truth, read)]
        if field == "phone":
            sides = [re.sub(r"\D", "", side)[-8:] for side in sides]
        if sides[0]:
            yield field, sides[0], sides[1]


def score_file(*, truth: Mapping[str, Any], read: Mapping[str, Any]) -> tuple[dict[str, Score], list[str]]:
    """Score all fields of one document and say what was missed."""
    scores, misses = {}, []
    for field, wanted, got in _exact(truth, read):
        scores[field] = Score(int(wanted == got), 1, 1)
        if wanted != got:
            misses.append(f"{field}: wanted {wanted!r}, read {got!r}")
    wanted_lists, read_lists = lists_of(resume=truth), lists_of(resume=read)
    for field, values in wanted_lists.items():
        if not values or any(not all(row) for row in values):
            continue
        is_loose = field not in {"skills", "links"}
        scores[field], lost, odd = score_list(wanted=values, read=read_lists[field], is_loose=is_loose)
        if lost or odd:
            misses.append(f"{field}: lost {lost}, odd {odd}")
    return scores, misses


def f1(scores: Sequence[Score]) -> float:
    """F1 in percent over the sums; not a number where nothing was wanted or read."""
    right, wanted, read = (sum(column) for column in zip(*scores, strict=True)) if scores else (0, 0, 0)
    return 200 * right / (wanted + read) if wanted + read else float("nan")


def _read(path: Path) -> dict[str, Any]:
    document = read_document(data=path.read_bytes(), file_name=path.name)
    return to_json_resume(resume=read_resume(document=document), document=document)


def _print(tables: Mapping[str, Mapping[str, list[Score]]]) -> None:
    print(f"| maker (files) | {' | '.join(_FIELDS)} |\n|---{'|---' * len(_FIELDS)}|")
    for maker, fields in tables.items():
        shares = " | ".join(f"{f1(fields.get(field, [])):.0f}" for field in _FIELDS)
        print(f"| {maker} ({len(fields.get('name', []))}) | {shares} |")
    whole = tables["all"]
    for field in _FIELDS:
        right, wanted, read = (sum(column) for column in zip(*whole.get(field, [Score(0, 0, 0)]), strict=True))
        precision, recall = (100 * right / n if n else float("nan") for n in (read, wanted))
        print(f"{field}: precision {precision:.1f}, recall {recall:.1f}, F1 {f1(whole.get(field, [])):.1f} ({wanted})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--misses", action="store_true", help="print every field that was missed")
    parser.add_argument("--only", default="", help="makers whose name contains this")
    options = parser.parse_args()
    truth_file = options.data / "truth.json"
    if not truth_file.is_file():
        parser.exit(message=f"skipped: {truth_file} is absent\n")
    tables: dict[str, dict[str, list[Score]]] = {"all": defaultdict(list)}
    start = time.process_time()
    for name, truth in json.loads(truth_file.read_text(encoding="utf-8")).items():
        maker, path = truth.get("x-maker") or Path(name).stem.rsplit("__", 1)[-1], options.data / name
        if options.only not in maker:
            continue
        try:
            scores, misses = score_file(truth=truth, read=_read(path))
        except (OSError, UnreadableError) as error:
            print(f"skipped: {name}: {error}")
            continue
        for field, score in scores.items():
            tables.setdefault(maker, defaultdict(list))[field].append(score)
            tables["all"][field].append(score)
        if options.misses:
            print("\n".join(f"{name} {miss}" for miss in misses))
    _print(tables)
    files = max(len(tables["all"]["name"]), 1)
    print(f"{1000 * (time.process_time() - start) / files:.1f} CPU ms a file, {files} files")


if __name__ == "__main__":
    main()
