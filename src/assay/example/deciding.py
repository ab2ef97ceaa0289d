"""The example's interviews and decisions: two people interviewed, one of them decided on, one still open."""

from datetime import datetime, time, timedelta

from django.urls import reverse

from assay.accounts.models import Member, Organisation
from assay.applications.choices import ApplicationState as S
from assay.applications.models import Application
from assay.competencies.selectors import catalogue_of
from assay.decisions.candidates import share_feedback
from assay.decisions.choices import Outcome
from assay.decisions.links import token_of
from assay.decisions.models import Case
from assay.decisions.offers import Terms, make_offer
from assay.decisions.registered import RuleContent
from assay.decisions.services import MATCHING, cast_vote, decide, register_rule, verdict_for
from assay.decisions.weighing import weighed
from assay.interviews.availability import Given as Hours
from assay.interviews.availability import set_hours
from assay.interviews.bank import shipped_questions
from assay.interviews.booking import book
from assay.interviews.choices import InterviewState
from assay.interviews.kits import proposed, questions_of
from assay.interviews.models import Interview, Kit
from assay.interviews.scorecards import Given, hand_in, scorecard_for
from assay.interviews.services import create_kit, invite, set_interviewers
from assay.interviews.times import slots_of
from assay.roles.models import Role
from assay.roles.selectors import with_current_version

MINUTES = 60
INTERVIEWERS = ("Tom Verhoeven", "Yusuf Demir")
RULE = RuleContent(fit_chances=9, must_have_chances=0, least_measured=3, least_raters=2, least_votes=2)
WORKDAYS = [Hours(weekday, time(9), time(17)) for weekday in range(5)]
HEARD = (
    "Named the one measure that the team agreed on, and why the second best was dropped.",
    "Drew the path of one request on the board and marked where it broke last spring.",
    "Asked what the numbers were for before choosing how to get them.",
    "Told of a release that was taken back, what was learnt, and who was told.",
    "Gave the figures before and after, with the week in which they were taken.",
)
RATED = {"Tom Verhoeven": (5, 4, 5, 4, 5), "Yusuf Demir": (4, 4, 5, 5, 4)}


def register_example_rule(*, role: Role, member: Member, now: datetime) -> None:
    """Register a role's rule before anybody applies."""
    register_rule(role=role, content=RULE, member=member, now=now)


def interview_and_decide(*, role: Role, staff: dict[str, Member], now: datetime) -> None:
    """Let the two who came furthest be interviewed; decide on the first, leave the second to vote on."""
    kit = _kit(role, staff, now - timedelta(days=5))
    furthest = Application.objects.filter(role=role, state__in=[S.DECISION, S.INTERVIEW])
    for application in furthest.order_by("applied_at", "pk")[:2]:
        _interview(application, kit, staff, now - timedelta(days=4))
        cast_vote(
            application=application, choice="hire", member=staff["Ines Keller"], now=now,
            reason="Clear about what broke and why. Little on serving yet, which can be learnt here.",
        )  # fmt: skip
        if application.state == S.DECISION:
            _decide(application, staff, now)


def status_path(*, organisation: Organisation) -> str:
    """Yield the page of a candidate who waits for a decision, "" where nobody does."""
    waiting = Case.objects.filter(organisation=organisation, decisions=None).order_by("pk").first()
    return reverse("status:page", args=[token_of(waiting)]) if waiting else ""


def _kit(role: Role, staff: dict[str, Member], at: datetime) -> Kit:
    raters = [staff[name] for name in INTERVIEWERS]
    for member in raters:
        set_hours(member=member, time_zone="Europe/Berlin", hours=WORKDAYS, most_a_week=10, notice_hours=4)
    questions = proposed(
        profile=with_current_version(role=role).profile, bank=shipped_questions(), minutes=MINUTES,
        catalogue=catalogue_of(organisation=role.organisation),
    )  # fmt: skip
    kit = create_kit(
        role=role, title="Technical depth", minutes=MINUTES, panel_size=len(raters), member=staff["Ines Keller"],
        questions=[one.id for one in questions], now=at,
    )  # fmt: skip
    set_interviewers(kit=kit, raters=raters, trainees=[], member=staff["Ines Keller"], now=at)
    return kit


def _interview(application: Application, kit: Kit, staff: dict[str, Member], at: datetime) -> None:
    """Invite, book the first free time, and hand both scorecards in after it."""
    made = invite(application=application, kit=kit, member=staff["Rana Haddad"], now=at)
    slot = slots_of(kit=kit, now=at)[0]
    booked = book(interview=made, starts_at=slot.start, time_zone="Europe/Berlin", now=at)
    Interview.objects.filter(pk=booked.pk).update(state=InterviewState.DONE)
    booked.refresh_from_db()
    after = slot.end + timedelta(hours=2)
    for name in INTERVIEWERS:
        given = {
            question.id: Given(RATED[name][place % len(HEARD)], HEARD[place % len(HEARD)])
            for place, question in enumerate(questions_of(kit))
        }
        card = scorecard_for(interview=booked, member=staff[name], now=after)
        hand_in(scorecard=card, given=given, summary="", member=staff[name], now=after)


def _decide(application: Application, staff: dict[str, Member], now: datetime) -> None:
    """Let a second person vote, decide for an offer, and ask for its approval."""
    manager = staff["Ines Keller"]
    cast_vote(
        application=application, choice="hire", member=staff["Yusuf Demir"], now=now,
        reason="Every figure came with its week. I would ask them about our worst incident.",
    )  # fmt: skip
    profile = with_current_version(role=application.role).profile
    case = Case.objects.select_related("application__person__organisation", "rule").get(application=application)
    verdict = verdict_for(case=case, found=weighed(application=case.application, profile=profile))
    departs = "" if verdict.says == MATCHING[Outcome.OFFER] else "Both who met them would work with them tomorrow."
    decide(
        application=application, outcome=Outcome.OFFER, seen=verdict.says, member=manager, now=now,
        reason="Two people heard the same, with figures. The gap in serving is small and known.",
        override_reason=departs,
    )  # fmt: skip
    share_feedback(
        application=application, member=manager, now=now,
        strengths="You explained what broke, and what it cost, so that anybody could follow.",
        missing="We heard little about running models under load; we will show you ours.",
    )  # fmt: skip
    pay, today = profile.pay, now.date()
    amount = round(pay.high or pay.low or 0) if pay else 0
    terms = Terms(
        amount=amount or 80_000, currency=pay.currency if pay else "EUR", period=pay.period if pay else "year",
        starts_date=today + timedelta(days=60), place="Hamburg, two days a week from home",
        words="Four weeks a year for learning.", answer_by=today + timedelta(days=14),
    )  # fmt: skip
    make_offer(application=application, terms=terms, approvers=[staff["Rana Haddad"]], member=manager, now=now)
