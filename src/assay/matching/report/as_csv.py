"""A sheet as CSV for a spreadsheet: one row a person, and no cell that a spreadsheet would run."""

import csv
import io

from assay.matching.model import MustHaveState
from assay.matching.sheet import Entry, Sheet

COLUMNS = (
    "place",
    "name",
    "file",
    "chances_in_20_at_bar",
    "fit_mean",
    "fit_low80",
    "fit_high80",
    "must_haves_met",
    "must_haves_not_met",
    "must_haves_not_known",
    "reason_1",
    "reason_2",
    "reason_3",
    "not_measured",
    "stated_against",
)
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins like this is a formula to some spreadsheets."""


def shortlist_csv(sheet: Sheet) -> str:
    """Yield the sheet as CSV with CRLF line ends (RFC 4180) and a byte-order mark, so that Excel reads UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for entry in sheet.entries:
        writer.writerow([safe_cell(value) for value in _row(entry)])
    for one in sheet.unreadable:
        writer.writerow(
            [safe_cell(value) for value in ("", "", one.file, *[""] * 10, f"could not be read: {one.reason}", "")]
        )
    return "\ufeff" + out.getvalue()


def safe_cell(value: object) -> str:
    """Yield a value as text that no spreadsheet takes for a formula: text that could be one gets an apostrophe."""
    if isinstance(value, float):
        return f"{value:.3f}"
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_DANGEROUS) else text


def _row(entry: Entry) -> tuple[object, ...]:
    reasons = [f"{one.name}: {' '.join(one.quote.split())}" for one in entry.reasons]
    names = {state: "; ".join(one.name for one in entry.must_haves if one.state is state) for state in MustHaveState}
    chance = entry.fit.p_above_bar
    return (
        entry.place,
        entry.label,
        entry.file,
        "" if chance is None else round(chance * 20),
        float(entry.fit.mean),
        float(entry.fit.interval80[0]),
        float(entry.fit.interval80[1]),
        names[MustHaveState.MET],
        names[MustHaveState.UNMET],
        names[MustHaveState.UNKNOWN],
        *(*reasons, "", "", "")[:3],
        "; ".join(gap.name for gap in entry.not_measured),
        "; ".join(one.kind.value for one in entry.constraints if one.state is MustHaveState.UNMET),
    )
