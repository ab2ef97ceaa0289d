"""Reads of kits, interviews and scorecards, each limited to what the member may see."""

from django.db.models import Q, QuerySet

from assay.accounts.models import Member
from assay.accounts.rules import may_recruit
from assay.core.errors import NotFoundError
from assay.interviews.choices import InterviewState, KitState, SeatState
from assay.interviews.models import Interview, Interviewer, Kit, Scorecard, Seat
from assay.roles.choices import RoleDuty
from assay.roles.models import Role, RoleMember


def kits_of(*, role: Role) -> list[Kit]:
    """Yield a role's kits that are in use, with their interviewers. Two queries."""
    kits = Kit.objects.filter(role=role).exclude(state=KitState.RETIRED)
    return list(kits.select_related("role").prefetch_related("interviewers__member__user"))


def kits_visible_to(*, member: Member) -> QuerySet[Kit]:
    """Yield the kits of the roles whose applicants the member may see, and of those they interview for."""
    kits = Kit.objects.filter(organisation_id=member.organisation_id).select_related("role", "organisation")
    if may_recruit(member):
        return kits
    return kits.filter(Q(role__in=_managed(member)) | Q(interviewers__member=member)).distinct()


def kit_visible_to(*, member: Member, ref: str) -> Kit:
    """Yield one kit. Raises `NotFoundError`."""
    kit = kits_visible_to(member=member).filter(ref=ref).first()
    if kit is None:
        raise NotFoundError("There is no such interview plan, or it is not of one of your roles.")
    return kit


def interviews_managed_by(*, member: Member) -> QuerySet[Interview]:
    """Yield the interviews of the roles whose applicants the member may see, newest first."""
    interviews = _whole(Interview.objects.filter(organisation_id=member.organisation_id))
    return interviews if may_recruit(member) else interviews.filter(application__role__in=_managed(member))


def interviews_visible_to(*, member: Member) -> QuerySet[Interview]:
    """Yield the interviews that the member manages or has a seat in, newest first."""
    interviews = _whole(Interview.objects.filter(organisation_id=member.organisation_id))
    if may_recruit(member):
        return interviews
    seated = Seat.objects.filter(member=member).exclude(state=SeatState.RELEASED).values("interview")
    return interviews.filter(Q(application__role__in=_managed(member)) | Q(pk__in=seated))


def interview_visible_to(*, member: Member, ref: str) -> Interview:
    """Yield one interview. Raises `NotFoundError`."""
    return _one(interviews_visible_to(member=member).filter(ref=ref))


def interview_managed_by(*, member: Member, ref: str) -> Interview:
    """Yield one interview that the member may invite to, cancel or debrief. Raises `NotFoundError`."""
    return _one(interviews_managed_by(member=member).filter(ref=ref))


def own_interviews(*, member: Member) -> QuerySet[Interview]:
    """Yield the interviews that a member holds or held, the next one first."""
    seated = Seat.objects.filter(member=member, state__in=[SeatState.HELD, SeatState.BOOKED]).values("interview")
    states = [InterviewState.HELD, InterviewState.BOOKED, InterviewState.DONE]
    return _whole(Interview.objects.filter(pk__in=seated, state__in=states)).order_by("starts_at", "pk")


def interviewer_of(*, member: Member) -> Interviewer:
    """Yield when a member can be booked; not saved where they have said nothing yet."""
    return Interviewer.objects.filter(member=member).first() or Interviewer(member=member)


def scorecards_visible_to(*, interview: Interview, member: Member) -> list[Scorecard]:
    """Yield the scorecards of an interview whose ratings a member may see now.

    Whoever rates sees others' after handing in their own; whoever does not, when all of the interview are in.
    """
    cards = list(
        Scorecard.objects.filter(interview=interview).select_related("member__user").prefetch_related("ratings")
    )
    own = next((card for card in cards if card.member_id == member.pk), None)
    is_seated = interview.seats.filter(member=member, state=SeatState.BOOKED).exists()
    if own is not None or is_seated:
        is_done = own is not None and own.handed_in_at is not None
        return [card for card in cards if card.handed_in_at is not None] if is_done else []
    return [] if missing_scorecards(interview=interview) else cards


def missing_scorecards(*, interview: Interview) -> list[Member]:
    """Yield the members who rate in an interview and have not handed in; whoever left is not waited for."""
    done = Scorecard.objects.filter(interview=interview, handed_in_at__isnull=False).values("member")
    seats = Seat.objects.filter(interview=interview, state=SeatState.BOOKED, is_training=False, member__is_active=True)
    return [seat.member for seat in seats.exclude(member__in=done).select_related("member__user")]


def _managed(member: Member) -> QuerySet[RoleMember, int]:
    return RoleMember.objects.filter(member=member, duty=RoleDuty.HIRING_MANAGER).values_list("role_id", flat=True)


def _whole(interviews: QuerySet[Interview]) -> QuerySet[Interview]:
    return interviews.select_related("application__person", "application__role", "kit", "organisation").order_by(
        "-created_at", "-pk"
    )


def _one(interviews: QuerySet[Interview]) -> Interview:
    found = interviews.first()
    if found is None:
        raise NotFoundError("There is no such interview, or it is not one of yours.")
    return found
