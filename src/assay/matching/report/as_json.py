"""The published JSON of a shortlist. Its shape stands in docs/use/shortlist.md and is held by a test."""

import json
from typing import Any

from assay.matching.model import ConstraintCheck, MustHaveState
from assay.matching.sheet import Entry, Gap, MustHaveLine, Reason, Sheet

FORMAT = "assay-shortlist/1"


def shortlist_json(sheet: Sheet) -> str:
    """Yield the sheet as JSON text, keys in a fixed order, ending in a line break."""
    return json.dumps(payload_of(sheet), ensure_ascii=False, indent=2) + "\n"


def payload_of(sheet: Sheet) -> dict[str, Any]:
    """Yield the sheet as plain values. Fits are in sd of the applicant pool, rounded to three decimals."""
    return {
        "format": FORMAT,
        "role": {
            "title": sheet.role.title,
            "file": sheet.role.file,
            "bar": _rounded(sheet.role.bar),
            "requirements": [
                {
                    "competency": one.competency,
                    "name": one.name,
                    "level": one.level,
                    "weight": _rounded(one.weight),
                    "must_have": one.is_must_have,
                    "terms": list(one.terms),
                    "quotes": list(one.quotes),
                }
                for one in sheet.role.requirements
            ],
            "constraints": list(sheet.role.constraints),
            "not_in_map": list(sheet.role.not_in_map),
        },
        "people": [_person(entry) for entry in sheet.entries],
        "cannot_be_separated": [[span.first, span.last] for span in sheet.brackets],
        "next_step": None
        if sheet.next_step is None
        else {
            "competency": sheet.next_step.competency,
            "method": sheet.next_step.method,
            "minutes": sheet.next_step.minutes,
            "people": sheet.next_step.people,
        },
        "unreadable": [{"file": one.file, "reason": one.reason} for one in sheet.unreadable],
        "blind": sheet.is_blind,
        "versions": {
            "competency_map": sheet.versions.competency_map,
            "sources": sheet.versions.sources,
            "claim_rules": sheet.versions.claim_rules,
            "reader": sheet.versions.reader,
        },
    }


def _person(entry: Entry) -> dict[str, Any]:
    by_state = {state: [one.competency for one in entry.must_haves if one.state is state] for state in MustHaveState}
    return {
        "place": entry.place,
        "file": entry.file,
        "name": entry.label,
        "fit": {"mean": _rounded(entry.fit.mean), "interval80": [_rounded(end) for end in entry.fit.interval80]},
        "chance_at_bar": _twentieth(entry.fit.p_above_bar),
        "must_haves": {
            "met": by_state[MustHaveState.MET],
            "unmet": by_state[MustHaveState.UNMET],
            "unknown": by_state[MustHaveState.UNKNOWN],
        },
        "chance_all_must_haves": entry.p_must_haves,
        "must_have_words": [_must_have(one) for one in entry.must_haves if one.quote],
        "reasons": [_reason(one) for one in entry.reasons],
        "not_measured": [_gap(one) for one in entry.not_measured],
        "stated": [_constraint(one) for one in entry.constraints],
        "ruled_out_by_own_words": entry.is_ruled_out,
    }


def _reason(one: Reason) -> dict[str, Any]:
    return {
        "competency": one.competency,
        "name": one.name,
        "says": one.phrase,
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
        "file": one.file,
        "effect": _rounded(one.effect),
    }


def _must_have(one: MustHaveLine) -> dict[str, Any]:
    return {
        "competency": one.competency,
        "state": one.state.value,
        "says": one.phrase,
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
        "file": one.file,
    }


def _gap(one: Gap) -> dict[str, Any]:
    return {
        "competency": one.competency,
        "name": one.name,
        "must_have": one.is_must_have,
        "settled_by": one.method,
        "minutes": one.minutes,
    }


def _constraint(one: ConstraintCheck) -> dict[str, Any]:
    words = one.words
    return {
        "kind": one.kind.value,
        "asked": one.asked,
        "state": one.state.value,
        "quote": words.quote if words else "",
        "start": words.start if words else 0,
        "end": words.end if words else 0,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _twentieth(chance: float | None) -> float | None:
    return None if chance is None else round(round(chance * 20) / 20, 2)
