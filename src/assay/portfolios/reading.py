"""One work is read in a limited process, outside any transaction; what it says is kept in one."""

import tempfile
from datetime import datetime
from pathlib import Path

import msgspec
from django.db import transaction

from assay.audit.services import record
from assay.evidence.choices import SourceKind
from assay.evidence.ledger import forget_belief
from assay.evidence.models import Blob, Observation
from assay.portfolios.choices import READ_KINDS, WorkKind, WorkState
from assay.portfolios.models import Work
from assay.portfolios.services import forget_observations
from assay.repositories.errors import RepositoryError
from assay.repositories.model import Report, Standing
from assay.repositories.protocol import Request
from assay.repositories.run import review_in_child
from assay.repositories.shipped import shipped_rules, tool_dates

MOST_OTHERS = 8
"""Uploads of other applicants, the newest, in which copies are looked for."""
MOST_OTHERS_BYTES = 60_000_000


def read(*, work_ref: str, now: datetime) -> None:
    """Read a work and keep what it says; a work that cannot be read says why. Reading again replaces."""
    work = Work.objects.select_related("portfolio__organisation", "portfolio__application__person").get(ref=work_ref)
    if work.kind not in READ_KINDS or work.state == WorkState.TAKEN_BACK:
        return
    try:
        report = _reviewed(work, now)
    except RepositoryError as error:
        _keep(work, None, error.message, now)
    else:
        _keep(work, report, "", now)


def report_of(work: Work) -> Report | None:
    """Yield what a reading found; None where there is none."""
    return msgspec.convert(work.report, Report) if work.report is not None else None


def _reviewed(work: Work, now: datetime) -> Report:
    addresses = work.portfolio.addresses.values_list("email", "confirmed_at")
    mine = {email: Standing.CONFIRMED if confirmed else Standing.CLAIMED for email, confirmed in addresses}
    with tempfile.TemporaryDirectory(prefix="assay-portfolio-") as folder:
        origin = work.origin
        if work.kind == WorkKind.UPLOAD:
            origin = _written(Path(folder), work.blob_id or "", work.origin)
        return review_in_child(
            request=Request(
                origin=origin, mine=mine, rules=shipped_rules(), public_on=tool_dates(), today=now.date(),
                against=_others(work, Path(folder)),
            )
        )  # fmt: skip


def _others(work: Work, folder: Path) -> tuple[str, ...]:
    """Write other applicants' uploads beside it: work that stands in two portfolios is looked at by a person."""
    others = (
        Work.objects.filter(portfolio__organisation=work.portfolio.organisation, kind=WorkKind.UPLOAD)
        .exclude(portfolio__application__person=work.portfolio.application.person)
        .exclude(blob=None)
        .order_by("-added_at")
        .values_list("blob_id", "origin", "blob__byte_size")[:MOST_OTHERS]
    )
    found, left = [], MOST_OTHERS_BYTES
    for number, (blob, name, size) in enumerate(others):
        left -= size
        if left > 0:
            place = folder / f"other-{number}"
            place.mkdir()
            found.append(_written(place, blob, name))
    return tuple(found)


def _written(folder: Path, blob: str, name: str) -> str:
    """Write an upload under a name of our own; only its ending is the candidate's."""
    endings = (".bundle", ".ipynb", ".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".py", ".r", ".sql")
    ending = next((one for one in sorted(endings, key=len, reverse=True) if name.lower().endswith(one)), "")
    path = folder / f"work{ending}"
    path.write_bytes(bytes(Blob.objects.values_list("data", flat=True).get(pk=blob)))
    return str(path)


def _keep(work: Work, report: Report | None, refusal: str, now: datetime) -> None:
    with transaction.atomic():
        locked = Work.objects.select_for_update().get(pk=work.pk)
        if locked.state == WorkState.TAKEN_BACK:
            return
        forget_observations(locked, reason="The work was read again.", now=now)
        locked.state = WorkState.READ if report else WorkState.UNREADABLE
        locked.report = msgspec.to_builtins(report) if report else None
        locked.root, locked.refusal, locked.read_at = report.source.root if report else "", refusal[:400], now
        locked.save(update_fields=["state", "report", "root", "refusal", "read_at"])
        if report:
            _observe(locked, report, now)
        record(
            organisation=work.portfolio.organisation, kind="portfolio.work_read", subject_type="portfolio",
            subject_ref=work.portfolio.ref, now=now, member=None, actor="assay",
            facts={"work": work.ref, "state": locked.state, "observations": len(report.observations) if report else 0},
        )  # fmt: skip


def _observe(work: Work, report: Report, now: datetime) -> None:
    person = work.portfolio.application.person.merged_into or work.portfolio.application.person
    Observation.objects.bulk_create(
        Observation(
            organisation_id=work.portfolio.organisation_id, person=person, competency=seen.competency,
            source_kind=SourceKind.PORTFOLIO, value=seen.value, observed_date=seen.on, created_at=now,
            facts={"event": work.ref, "work": work.title, "basis": seen.basis, "p_not_authored": seen.p_not_authored,
                   "places": [msgspec.to_builtins(place) for place in seen.places[:3]], "rules": report.version},
        )
        for seen in report.observations
    )  # fmt: skip
    forget_belief(person=person)
