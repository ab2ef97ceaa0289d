"""How fields are scored against ``truth.json``: exact for contacts, fuzzy P, R and F1 for lists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from assay.reading.model import Resume

LISTS = ("companies", "titles", "institutions", "degrees")


def fields_of(*, resume: Resume) -> dict[str, object]:
    """Return what was read, in the form of ``truth.json``."""

    def values(items: Sequence[object | None]) -> list[str]:
        return list(dict.fromkeys(item.value for item in items if item is not None))  # type: ignore[attr-defined] -- Found

    return {
        "name": resume.name.value if resume.name else None,
        "email": resume.emails[0].value if resume.emails else None,
        "phone": resume.phones[0].value if resume.phones else None,
        "companies": values([e.employer for e in resume.employments]),
        "titles": values([e.title for e in resume.employments]),
        "institutions": values([e.institution for e in resume.education]),
        "degrees": values([e.degree for e in resume.education]),
    }


def _same(a: str, b: str) -> bool:
    a, b = " ".join(a.lower().split()), " ".join(b.lower().split())
    return a in b or b in a or fuzz.ratio(a, b) >= 85


@dataclass
class Tally:
    """Hits and misses over files."""

    exact: dict[str, list[bool]] = field(default_factory=lambda: {"name": [], "email": [], "phone": []})
    counts: dict[str, list[int]] = field(default_factory=lambda: {key: [0, 0, 0] for key in LISTS})
    misses: list[str] = field(default_factory=list)

    def add(self, *, label: str, truth: dict[str, object], read: dict[str, object]) -> None:
        """Score one file."""
        for key in ("name", "email"):
            self._exact(label, key, str(truth.get(key) or ""), str(read.get(key) or ""))
        if truth.get("phone"):
            digits = [re.sub(r"\D", "", str(side.get("phone") or ""))[-9:] for side in (truth, read)]
            self._exact(label, "phone", digits[0], digits[1])
        for key in LISTS:
            wanted = list(dict.fromkeys(truth.get(key) or []))  # type: ignore[call-overload] -- lists of strings
            got = list(read.get(key) or [])  # type: ignore[call-overload] -- as above
            if truth.get(key) is None:
                continue
            hits = [w for w in wanted if any(_same(w, g) for g in got)]
            right = [g for g in got if any(_same(w, g) for w in wanted)]
            for i, n in enumerate((len(hits), len(wanted), len(got))):
                self.counts[key][i] += n
            self.counts[key][0] += 0 * len(right)
            if len(hits) < len(wanted) or len(right) < len(got):
                lost, odd = [w for w in wanted if w not in hits], [g for g in got if g not in right]
                self.misses.append(f"{label} {key}: lost {lost} odd {odd}")

    def _exact(self, label: str, key: str, wanted: str, got: str) -> None:
        is_right = bool(wanted) and wanted == got
        self.exact[key].append(is_right)
        if not is_right:
            self.misses.append(f"{label} {key}: wanted {wanted!r} got {got!r}")

    def f1(self, key: str) -> float:
        """F1 in percent over all files."""
        hits, wanted, got = self.counts[key]
        precision, recall = min(hits / got, 1.0) if got else 0.0, hits / wanted if wanted else 0.0
        return 200 * precision * recall / (precision + recall) if precision + recall else 0.0

    def row(self) -> str:
        """Name, e-mail, phone in percent, then the F1 of each list."""
        shares = [100 * sum(hits) / len(hits) if hits else float("nan") for hits in self.exact.values()]
        return " | ".join(f"{value:.0f}" for value in [*shares, *(self.f1(key) for key in LISTS)])
