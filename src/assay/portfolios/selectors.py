"""Reads of portfolios, each limited to what the member may see."""

from typing import NamedTuple

from django.db.models import Q

from assay.accounts.models import Member
from assay.applications.models import Application
from assay.core.errors import NotFoundError
from assay.portfolios.choices import WorkState
from assay.portfolios.models import Portfolio, Work, WorkRating


class Reviewed(NamedTuple):
    """A work as one member may see it now. ``ratings`` are those of others too once the own one is in."""

    work: Work
    own: WorkRating | None
    ratings: list[WorkRating]
    elsewhere: int
    """Other people of the organisation who show the same repository."""


def portfolio_of(*, application: Application) -> Portfolio | None:
    """Yield an application's portfolio."""
    return Portfolio.objects.filter(application=application).select_related("organisation").first()


def work_in(*, application: Application, ref: str) -> Work:
    """Yield a work of an application that the member has opened. Raises `NotFoundError`."""
    found = Work.objects.select_related("portfolio__application").filter(
        ref=ref, portfolio__application=application
    ).exclude(state=WorkState.TAKEN_BACK).first()  # fmt: skip
    if found is None:
        raise NotFoundError("There is no such work, or the candidate took it back.")
    return found


def reviewed_works(*, portfolio: Portfolio, member: Member) -> list[Reviewed]:
    """Yield the works that stand, with what the member may see of each. A query each for ratings and twins."""
    works = list(portfolio.works.exclude(state=WorkState.TAKEN_BACK))
    ratings = list(WorkRating.objects.filter(work__in=works).select_related("member__user"))
    twins = _twins(portfolio, works)
    found = []
    for work in works:
        of_work = [one for one in ratings if one.work_id == work.pk]
        own = next((one for one in of_work if one.member_id == member.pk), None)
        found.append(Reviewed(work, own, of_work if own else [], twins.get(work.pk, 0)))
    return found


def _twins(portfolio: Portfolio, works: list[Work]) -> dict[int, int]:
    same = Q(pk__in=[])
    for work in works:
        if work.root:
            same |= Q(root=work.root)
        if work.origin and work.blob_id is None:
            same |= Q(origin=work.origin, kind=work.kind)
    others = (
        Work.objects.filter(same, portfolio__organisation=portfolio.organisation)
        .exclude(portfolio__application__person=portfolio.application.person_id)
        .exclude(state=WorkState.TAKEN_BACK)
        .values_list("root", "origin", "kind", "portfolio__application__person")
    )
    rows = list(others)
    return {
        work.pk: len({
            person for root, origin, kind, person in rows
            if (work.root and root == work.root) or (work.origin and (origin, kind) == (work.origin, work.kind))
        })
        for work in works
    }  # fmt: skip
