"""Reads of sittings, attempts and their results, each limited to what the member may see."""

from django.db.models import Prefetch, QuerySet

from assay.accounts.models import Member
from assay.accounts.rules import may_recruit
from assay.applications.models import Application
from assay.assessments.models import Attempt, HandIn, Regrade, Save, Score, Sitting, TextRating, Wish
from assay.core.errors import NotFoundError
from assay.grading.model import TEXT_KIND
from assay.roles.choices import RoleDuty
from assay.roles.models import RoleMember


def sittings_visible_to(*, member: Member) -> QuerySet[Sitting]:
    """Yield the sittings of the roles whose applicants the member may see, newest first."""
    sittings = Sitting.objects.filter(organisation_id=member.organisation_id)
    if not may_recruit(member):
        own = RoleMember.objects.filter(member=member, duty=RoleDuty.HIRING_MANAGER).values("role")
        sittings = sittings.filter(application__role__in=own)
    return sittings.select_related("application__person", "application__role", "organisation").order_by(
        "-created_at", "-pk"
    )


def sitting_visible_to(*, member: Member, ref: str) -> Sitting:
    """Yield one sitting. Raises `NotFoundError`."""
    found = sittings_visible_to(member=member).filter(ref=ref).first()
    if found is None:
        message = "There is no such invitation, or it is not of one of your roles."
        raise NotFoundError(message)
    return found


def attempt_visible_to(*, member: Member, ref: str) -> Attempt:
    """Yield one attempt. Raises `NotFoundError`."""
    found = (
        Attempt.objects.select_related(
            "sitting__application__person", "sitting__application__role", "sitting__organisation", "version__task"
        )
        .filter(ref=ref, sitting__in=sittings_visible_to(member=member))
        .first()
    )
    if found is None:
        message = "There is no such attempt, or it is not of one of your roles."
        raise NotFoundError(message)
    return found


def hand_in_visible_to(*, member: Member, ref: str) -> HandIn:
    """Yield one hand-in. Raises `NotFoundError`."""
    found = (
        HandIn.objects.select_related("attempt__sitting__organisation", "attempt__sitting__application")
        .filter(ref=ref, attempt__sitting__in=sittings_visible_to(member=member))
        .first()
    )
    if found is None:
        message = "There is no such hand-in, or it is not of one of your roles."
        raise NotFoundError(message)
    return found


def texts_to_read(*, member: Member) -> QuerySet[HandIn]:
    """Yield the hand-ins with texts that the member may read and has not rated, oldest first."""
    own = TextRating.objects.filter(member=member, withdrawn_at=None).values("hand_in")
    return (
        HandIn.objects.filter(
            counts=True,
            attempt__is_practice=False,
            attempt__version__kinds__contains=[TEXT_KIND],
            attempt__sitting__in=sittings_visible_to(member=member).order_by(),
        )
        .exclude(pk__in=own)
        .select_related("attempt__version", "attempt__sitting__application__role")
        .defer("files", "attempt__version__files")
        .order_by("at", "pk")
    )


def wish_visible_to(*, member: Member, ref: str) -> Wish:
    """Yield one wish. Raises `NotFoundError`."""
    found = (
        Wish.objects.select_related("sitting__organisation", "sitting__application")
        .filter(ref=ref, sitting__in=sittings_visible_to(member=member))
        .first()
    )
    if found is None:
        message = "There is no such wish, or it is not of one of your roles."
        raise NotFoundError(message)
    return found


def regrades_visible_to(*, member: Member) -> QuerySet[Regrade]:
    """Yield the organisation's regrades, newest first; only for those who recruit."""
    regrades = Regrade.objects.filter(organisation_id=member.organisation_id)
    return (regrades if may_recruit(member) else regrades.none()).select_related("version__task", "created_by__user")


def regrade_visible_to(*, member: Member, ref: str) -> Regrade:
    """Yield one regrade. Raises `NotFoundError`."""
    found = regrades_visible_to(member=member).filter(ref=ref).first()
    if found is None:
        message = "There is no such regrade."
        raise NotFoundError(message)
    return found


def sittings_of(*, application: Application) -> list[Sitting]:
    """Yield an application's sittings, newest first, with attempts, hand-ins and scores. Five queries."""
    return list(_whole(Sitting.objects.filter(application=application)))


def whole_sitting(*, sitting: Sitting) -> Sitting:
    """Yield a sitting anew, with attempts, hand-ins and scores."""
    return _whole(
        Sitting.objects.filter(pk=sitting.pk).select_related("application__person", "application__role")
    ).get()


def attempt_of(*, sitting: Sitting, ref: str) -> Attempt:
    """Yield an attempt of a sitting whose link was shown. Raises `NotFoundError`."""
    found = (
        Attempt.objects.select_related("version__task", "variant", "sitting__organisation", "sitting__application")
        .filter(sitting=sitting, ref=ref)
        .first()
    )
    if found is None:
        message = "There is no such task in this invitation."
        raise NotFoundError(message)
    return found


def latest_save(*, attempt: Attempt) -> Save | None:
    """Yield how the files stand, None before the start."""
    return attempt.saves.order_by("-revision").first()


def _whole(sittings: QuerySet[Sitting]) -> QuerySet[Sitting]:
    scores = Score.objects.select_related("variant__version", "regrade").defer(
        "variant__hidden", "variant__version__files"
    )
    hand_ins = HandIn.objects.defer("files").prefetch_related(Prefetch("scores", scores))
    attempts = (
        Attempt.objects.select_related("version__task", "variant")
        .defer("version__files", "variant__hidden", "variant__given")
        .prefetch_related(Prefetch("hand_ins", hand_ins))
    )
    return sittings.select_related("organisation").prefetch_related(Prefetch("attempts", attempts), "wishes")
