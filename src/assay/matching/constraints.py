"""Hard facts of a role against what a candidate stated. Not stated is not known, and never a rejection."""

import re
from datetime import date

from assay.evidence.stated import Stated, Words
from assay.matching.model import ConstraintCheck, ConstraintKind, MustHaveState
from assay.matching.role import RoleModel
from assay.roles.profile import Place

EU = frozenset(
    (
        "austria", "belgium", "bulgaria", "croatia", "cyprus", "czechia", "denmark", "estonia", "finland", "france",
        "germany", "greece", "hungary", "ireland", "italy", "latvia", "lithuania", "luxembourg", "malta",
        "netherlands", "poland", "portugal", "romania", "slovakia", "slovenia", "spain", "sweden",
    )
)  # fmt: skip
CEFR = ("A1", "A2", "B1", "B2", "C1", "C2")
WORKING_LEVEL = "B1"
"""The least level of a language that counts as speaking it, where a level is stated."""
SAME_PLACE = {
    "eu": "eu",
    "european union": "eu",
    "europe": "eu",
    "usa": "us",
    "united states": "us",
    "u.s.": "us",
    "united kingdom": "uk",
    "great britain": "uk",
    "switzerland": "ch",
}


def check_constraints(*, role: RoleModel, stated: Stated) -> tuple[ConstraintCheck, ...]:
    """Yield one check for each hard fact that the role names."""
    asked = role.constraints
    checks = []
    if asked.work_permit:
        checks.append(_work_permit(asked=asked.work_permit, stated=stated))
    if asked.places:
        checks.append(_place(places=asked.places, stated=stated))
    checks += [_language(code=code, stated=stated) for code in asked.languages]
    if asked.start_by:
        checks.append(_availability(start_by=asked.start_by, stated=stated))
    if role.pay_ceiling:
        checks.append(_pay(ceiling=role.pay_ceiling, stated=stated))
    return tuple(checks)


def normal_place(name: str) -> str:
    """Yield a place's name in one spelling."""
    plain = " ".join(name.casefold().replace("the ", "").split())
    return SAME_PLACE.get(plain, plain)


def _work_permit(*, asked: str, stated: Stated) -> ConstraintCheck:
    wanted = normal_place(asked)
    for words in stated.work_permits:
        has = normal_place(words.value)
        if has == wanted or (has == "eu" and wanted in EU) or (wanted == "eu" and has in EU):
            return _check(ConstraintKind.WORK_PERMIT, asked, MustHaveState.MET, words)
    if stated.needs_sponsorship is not None:
        return _check(ConstraintKind.WORK_PERMIT, asked, MustHaveState.UNMET, stated.needs_sponsorship)
    return _check(ConstraintKind.WORK_PERMIT, asked, MustHaveState.UNKNOWN)


def _place(*, places: tuple[Place, ...], stated: Stated) -> ConstraintCheck:
    asked = " or ".join("remote" if not place.name else place.name for place in places)
    has_remote = any(place.is_remote for place in places)
    if stated.is_remote_only is not None:
        state = MustHaveState.MET if has_remote else MustHaveState.UNMET
        return _check(ConstraintKind.PLACE, asked, state, stated.is_remote_only)
    wanted = [normal_place(place.name) for place in places if place.name]
    for words in stated.places:
        # "Berlin" is in "Berlin, Germany": an ad often says more of a place than a candidate does
        if any(re.search(rf"\b{re.escape(normal_place(words.value))}\b", name) for name in wanted):
            return _check(ConstraintKind.PLACE, asked, MustHaveState.MET, words)
    if stated.is_open_to_relocation is not None:
        return _check(ConstraintKind.PLACE, asked, MustHaveState.MET, stated.is_open_to_relocation)
    return _check(ConstraintKind.PLACE, asked, MustHaveState.UNKNOWN)


def _language(*, code: str, stated: Stated) -> ConstraintCheck:
    for words in stated.languages:
        language, _, level = words.value.partition(":")
        if language == code:
            is_enough = level not in CEFR or CEFR.index(level) >= CEFR.index(WORKING_LEVEL)
            state = MustHaveState.MET if is_enough else MustHaveState.UNMET
            return _check(ConstraintKind.LANGUAGE, code, state, words)
    return _check(ConstraintKind.LANGUAGE, code, MustHaveState.UNKNOWN)


def _availability(*, start_by: str, stated: Stated) -> ConstraintCheck:
    words = stated.available_from
    if words is None:
        return _check(ConstraintKind.AVAILABILITY, start_by, MustHaveState.UNKNOWN)
    is_in_time = date.fromisoformat(words.value) <= date.fromisoformat(start_by)
    state = MustHaveState.MET if is_in_time else MustHaveState.UNMET
    return _check(ConstraintKind.AVAILABILITY, start_by, state, words)


def _pay(*, ceiling: str, stated: Stated) -> ConstraintCheck:
    words = stated.pay
    if words is not None:
        most, *unit = ceiling.split()
        least, *their_unit = words.value.split()
        if unit == their_unit:
            state = MustHaveState.MET if float(least) <= float(most) else MustHaveState.UNMET
            return _check(ConstraintKind.PAY, ceiling, state, words)
    return _check(ConstraintKind.PAY, ceiling, MustHaveState.UNKNOWN, words)


def _check(kind: ConstraintKind, asked: str, state: MustHaveState, words: Words | None = None) -> ConstraintCheck:
    return ConstraintCheck(kind=kind, asked=asked, state=state, words=words)
