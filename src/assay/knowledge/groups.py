"""Does a question treat two groups of the same level alike? Who is in a group is read, compared and forgotten."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import numpy as np
from django.db import transaction

from assay.accounts.models import Member, Organisation
from assay.applications.models import Application
from assay.audit.services import record
from assay.core.errors import ConflictError, InvalidError
from assay.knowledge.choices import TakingState
from assay.knowledge.drawing import ability_in
from assay.knowledge.models import Asked, GroupFinding
from assay.knowledge.working import given_of
from assay.people.choices import ContactKind
from assay.people.models import Contact
from assay.science.errors import ScienceError, TooLittleDataError
from assay.science.irt import ItemDif, item_dif, logistic_dif
from assay.science.irt.dif import MIN_FOCAL

MOST_BYTES = 2_000_000
MOST_ROWS = 50_000
STRATA_A_LEVEL = 2
"""People are matched by their level in the area, in halves of a level."""


class TooFewPeopleError(ConflictError):
    """No family was answered by enough people of both groups; ``needed`` of each, and the most that one has."""

    def __init__(self, *, needed: int, found: int) -> None:
        super().__init__(
            f"A comparison needs {needed} people of each group who answered the same family; the most that the smaller "
            f"group has is {found}. Nothing was kept."
        )
        self.needed, self.found = needed, found


class Row(NamedTuple):
    """One line of the file: whom it names, and the group."""

    who: str
    group: str


class _Answer(NamedTuple):
    is_right: bool
    is_focal: bool
    stratum: int


def read_groups(data: bytes) -> list[Row]:
    """Read a CSV with the columns ``person`` (a mail address or an application's number) and ``group``.

    Raises `InvalidError` with the line for what is not such a file, or names other than two groups.
    """
    if len(data) > MOST_BYTES:
        message = f"The file is larger than {MOST_BYTES // 1_000_000} MB. Nothing was read."
        raise InvalidError(message)
    try:
        lines = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
        fields = [name.strip().lower() for name in lines.fieldnames or []]
        if {"person", "group"} - set(fields):
            message = "The first line must name the columns person and group."
            raise InvalidError(message)
        lines.fieldnames = fields
        rows = [_row(line, number) for number, line in enumerate(lines, start=2)]
    except (UnicodeDecodeError, csv.Error) as error:
        message = "This is not a CSV file in UTF-8. Nothing was read."
        raise InvalidError(message) from error
    groups = sorted({row.group for row in rows})
    if len(groups) != 2:
        named = ", ".join(groups[:5]) or "none"
        message = f"Two groups are compared at a time; the file names {len(groups)}: {named}."
        raise InvalidError(message)
    return rows


def compare_groups(*, member: Member, rows: list[Row], now: datetime) -> list[GroupFinding]:
    """Compare every family that enough of both groups answered, keep the findings, and forget who was who.

    People are matched by their level in the family's area. Raises `TooFewPeopleError`.
    """
    organisation = member.organisation
    groups = _groups_by_application(organisation, rows)
    counts = Counter(groups.values())
    names = sorted({row.group for row in rows}, key=lambda one: (-counts[one], one))
    answers = _answers(organisation, groups, focal=names[1])
    findings = []
    for family, given in sorted(answers.items()):
        if (found := _finding(given)) is not None:
            focal = sum(one.is_focal for one in given)
            row = GroupFinding(
                organisation=organisation, family=family, reference=names[0], focal=names[1],
                reference_people=len(given) - focal, focal_people=focal, delta=found.delta, delta_low=found.delta_low,
                delta_high=found.delta_high, ets_class=found.ets_class, may_act=found.may_act,
                non_uniform_p=_non_uniform_p(given), member=member, made_at=now,
            )  # fmt: skip
            findings.append(row)
    if not findings:
        raise TooFewPeopleError(needed=MIN_FOCAL, found=max(map(_smaller, answers.values()), default=0))
    with transaction.atomic():
        GroupFinding.objects.filter(organisation=organisation, reference__in=names, focal__in=names).delete()
        GroupFinding.objects.bulk_create(findings)
        record(
            organisation=organisation, kind="item_bank.groups_compared", subject_type="organisation",
            subject_ref=organisation.slug, now=now, member=member,
            facts={"reference": names[0], "focal": names[1], "families": len(findings)},
        )  # fmt: skip
    return findings


def findings_of(*, organisation: Organisation, family: str | None = None) -> list[GroupFinding]:
    """Yield what comparisons found, what stands out most first; of one family if named."""
    rows = GroupFinding.objects.filter(organisation=organisation)
    if family is not None:
        rows = rows.filter(family=family)
    return sorted(rows, key=lambda one: (one.ets_class, abs(one.delta)), reverse=True)


def _row(line: Mapping[str, str | None], number: int) -> Row:
    who, group = (line.get("person") or "").strip(), (line.get("group") or "").strip()
    if not who or not group or len(group) > 60:
        message = f"Line {number}: a person and a group of at most 60 characters are needed. Nothing was read."
        raise InvalidError(message)
    if number > MOST_ROWS:
        message = f"More than {MOST_ROWS} lines. Nothing was read."
        raise InvalidError(message)
    return Row(who, group)


def _groups_by_application(organisation: Organisation, rows: list[Row]) -> dict[int, str]:
    group_of = {row.who.lower(): row.group for row in rows}
    applications = Application.objects.filter(organisation=organisation)
    found = {pk: group_of[ref] for pk, ref in applications.filter(ref__in=group_of).values_list("pk", "ref")}
    contacts = Contact.objects.filter(person__organisation=organisation, kind=ContactKind.EMAIL)
    people = {who: group_of[mail.lower()] for who, mail in contacts.values_list("person_id", "value")
              if mail.lower() in group_of}  # fmt: skip
    for pk, person in applications.filter(person__in=people).values_list("pk", "person_id"):
        found.setdefault(pk, people[person])
    return found


def _answers(organisation: Organisation, groups: Mapping[int, str], *, focal: str) -> dict[str, list[_Answer]]:
    asked = Asked.objects.filter(
        taking__organisation=organisation, taking__state=TakingState.ENDED, taking__application__in=groups,
        category__isnull=False,
    ).defer("variant")  # fmt: skip
    takings: dict[tuple[int, int], list[Asked]] = defaultdict(list)
    for one in asked.select_related("taking"):
        takings[one.taking_id, one.taking.application_id].append(one)
    found: dict[str, list[_Answer]] = defaultdict(list)
    for (_, application), questions in takings.items():
        given = given_of(questions)
        for one in questions:
            if one.slot == 0:
                level = ability_in(given=given, area=one.competency).mean
                stratum = round(level * STRATA_A_LEVEL)
                found[one.family].append(_Answer(bool(one.category), groups[application] == focal, stratum))
    return found


def _arrays(given: list[_Answer]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    right, focal, stratum = zip(*given, strict=True)
    return np.array(right, dtype=bool), np.array(focal, dtype=bool), np.array(stratum)


def _finding(given: list[_Answer]) -> ItemDif | None:
    right, focal, stratum = _arrays(given)
    try:
        return item_dif(right=right, is_focal=focal, total=stratum)
    except (TooLittleDataError, ScienceError):
        return None


def _non_uniform_p(given: list[_Answer]) -> float | None:
    right, focal, stratum = _arrays(given)
    try:
        return logistic_dif(right=right, is_focal=focal, total=stratum).non_uniform_p
    except ScienceError:
        return None


def _smaller(given: list[_Answer]) -> int:
    focal = sum(one.is_focal for one in given)
    return min(focal, len(given) - focal)
