"""Every page that a member can open with a look, and an address of each in the example."""

from datetime import timedelta
from typing import NamedTuple

from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from assay.accounts.models import Organisation
from assay.applications.models import Application
from assay.assessments.models import Attempt, HandIn, Regrade, Sitting
from assay.assessments.services import invite, wish_for
from assay.audit.models import Check
from assay.competencies.models import CustomCompetency
from assay.competencies.services import add_competency
from assay.core import clock
from assay.decisions.candidates import ask_for
from assay.decisions.links import token_of
from assay.decisions.models import Case, Offer
from assay.decisions.offers import approve
from assay.evidence.models import Observation
from assay.interviews.bank import shipped_questions
from assay.interviews.models import Interview, Seat
from assay.interviews.services import create_kit, set_interviewers
from assay.interviews.services import invite as invite_to_interview
from assay.items.folders import packed_files
from assay.items.models import Variant
from assay.items.selectors import versions_usable_by
from assay.items.services import sync_shipped
from assay.knowledge.models import Taking
from assay.knowledge.services import wish_for as wish_for_time
from assay.knowledge.working import answer, begin, current
from assay.matching.models import Shortlist
from assay.people.models import DuplicatePair, Person
from assay.roles.models import Role
from assay.sourcing.models import Import
from tests.competencies.conftest import definition

NO_PAGE = {
    "assessments:mail", "assessments:renew", "assessments:cancel", "assessments:wish", "assessments:again",
    "assessments:replay", "assessments:late", "assessments:files", "assessments:withdraw_texts",
    "bank:publish", "bank:retire", "bank:prove", "bank:start_regrade", "bank:apply", "bank:drop",
    "knowledge:invite", "knowledge:close", "knowledge:mail", "knowledge:renew", "knowledge:cancel", "knowledge:wish",
    "families:note", "portfolios:ask", "portfolios:rate",
    "competencies:retire", "competencies:rereading_progress",
    "interviews:times_calendar", "interviews:ready", "interviews:accept", "interviews:decline", "interviews:mail",
    "interviews:renew", "interviews:cancel", "interviews:no_show", "kits:change", "kits:people", "kits:version",
    "decisions:vote", "decisions:decide", "decisions:rule_version", "decisions:packet_json", "decisions:packet_pdf",
    "decisions:link", "decisions:feedback", "decisions:answer", "decisions:target", "decisions:approve",
    "decisions:withdraw_offer", "decisions:letter",
    "board:move", "board:note", "board:task", "board:task_done", "duplicates:merge", "duplicates:distinct",
    "duplicates:undo", "imports:channels", "imports:channel", "imports:progress", "imports:files", "imports:close",
    "imports:cancel", "imports:retry", "people:blind", "people:profile", "people:show", "people:page", "people:file",
    "people:correct", "people:undo", "people:json", "people:csv", "pool:add", "roles:from_template", "roles:state",
    "settings:deactivate", "settings:reactivate", "settings:resend", "settings:revoke", "shortlist:save",
    "shortlist:blind", "shortlist:export", "trail:verify", "trail:export",
}  # fmt: skip
"""Addresses that are posted to, downloaded, or part of another page."""


class Page(NamedTuple):
    """A name for messages, and an address."""

    name: str
    path: str


def pages_of(organisation: Organisation) -> list[Page]:
    """Yield every page of the example. Raises `KeyError` for a page that nobody has said anything of."""
    refs = _refs(organisation)
    found = []
    for name in sorted(_member_routes() - NO_PAGE):
        query = TWO_PEOPLE[name](organisation) if name in TWO_PEOPLE else ""
        found.append(Page(name, reverse(name, kwargs={"org": organisation.slug, **refs[name]}) + query))
    status = Page("status:page", reverse("status:page", args=[token_of(_case(organisation))]))
    offered = Case.objects.filter(organisation=organisation, offers__isnull=False)[0]
    own_offer = Page("status:offer", reverse("status:offer", args=[token_of(offered)]))
    return [*found, status, own_offer, Page("account", reverse("account")), Page("missing", "/o/nowhere/roles/")]


def _sitting(application: Application) -> Sitting:
    """Yield an invitation of the example, with a wish of the candidate."""
    there = Sitting.objects.filter(application=application).first()
    if there is not None:
        return there
    organisation, now = application.organisation, application.applied_at
    sync_shipped(now=now)
    versions = versions_usable_by(organisation=organisation).filter(is_practice=False)[:2]
    member = organisation.members.order_by("pk")[0]
    made = invite(application=application, versions=list(versions), member=member, now=now, words="We look forward.")
    wish_for(sitting=made, text="I read with a screen reader.", now=now)
    return made


def _with_text(sitting: Sitting) -> HandIn:
    """Yield a hand-in with a text that nobody has rated."""
    there = HandIn.objects.filter(attempt__sitting=sitting).first()
    if there is not None:
        return there
    written = versions_usable_by(organisation=sitting.organisation).get(task__slug="explain-to-the-board")
    variant = Variant.objects.create(version=written, seed=1, created_at=sitting.created_at)
    attempt = Attempt.objects.create(
        sitting=sitting, version=written, variant=variant, position=9, state="handed_in", started_at=sitting.created_at
    )
    files = packed_files({"letter.md": b"Dear board,\n\nthe model is not ready.\n" * 9})
    return HandIn.objects.create(
        attempt=attempt, files=files, digest="x", via="upload", at=sitting.created_at, is_late=False, counts=True
    )


def _taking(organisation: Organisation) -> Taking:
    """Yield a knowledge test of the example: begun, a question answered and one open, with a wish of the candidate."""
    taking = Taking.objects.filter(organisation=organisation).order_by("pk")[0]
    now = taking.created_at
    wish_for_time(taking=taking, text="I read with a screen reader.", now=now)
    begun = begin(taking=taking, now=now)
    first = current(taking=begun, now=now).asked
    answer(taking=begun, question=first.ref, given=None, now=now)
    return current(taking=begun, now=now).taking


def _interview(application: Application) -> Interview:
    """Yield an interview of the example that has just begun, with every member in it."""
    there = Interview.objects.filter(application=application, kit__title="Depth").first()
    if there is not None:
        return there
    organisation, now = application.organisation, clock.now()
    members = list(organisation.members.order_by("pk"))
    questions = [one.id for one in shipped_questions()[:3]]
    kit = create_kit(
        role=application.role, title="Depth", minutes=45, panel_size=1, questions=questions, member=members[0], now=now
    )
    set_interviewers(kit=kit, raters=members, trainees=[], member=members[0], now=now)
    made = invite_to_interview(application=application, kit=kit, member=members[0], now=now)
    made.open_points = [{"kind": "claim", "about": "Python", "ask": "Ask for one piece of work."}]
    made.state, made.starts_at, made.ends_at = "booked", now, now + timedelta(minutes=45)
    made.save()
    for member in members:
        Seat.objects.create(interview=made, member=member, starts_at=made.starts_at, ends_at=made.ends_at)
    return made


def _two_people(organisation: Organisation) -> str:
    applications = Application.objects.filter(organisation=organisation, role__title__startswith="Senior")
    refs = applications.order_by("pk").values_list("person__ref", flat=True)[:2]
    return "?" + "&".join(f"person={ref}" for ref in refs)


def _two_applications(organisation: Organisation) -> str:
    applications = Application.objects.filter(organisation=organisation, role__title__startswith="Senior")
    return "?" + "&".join(f"application={ref}" for ref in applications.order_by("pk").values_list("ref", flat=True)[:2])


TWO_PEOPLE = {"shortlist:compare": _two_people, "decisions:compare": _two_applications}


def _with_votes(role: Role) -> Application:
    """Yield an applicant of the example whom people have voted on and nobody has decided on."""
    return Case.objects.filter(application__role=role, votes__isnull=False, decisions=None)[0].application


def _case(organisation: Organisation) -> Case:
    """Yield the case of the example with a vote, with a request of the candidate."""
    case = Case.objects.filter(organisation=organisation, votes__isnull=False, decisions=None).order_by("pk")[0]
    ask_for(case=case, kind="correction", text="My title was lead.", now=clock.now())
    return case


def _offered(role: Role) -> Application:
    """Yield the applicant of the example who was made an offer, sent by now."""
    offer = Offer.objects.get(case__application__role=role)
    approve(offer=offer, is_approved=True, note="", member=offer.approvals.get().member, now=clock.now())
    return offer.case.application


def _refs(organisation: Organisation) -> dict[str, dict[str, object]]:
    role = Role.objects.filter(organisation=organisation, title__startswith="Senior").get()
    application = Application.objects.filter(role=role).order_by("applied_at", "pk")[0]
    person = Person.objects.filter(organisation=organisation).order_by("pk")[0]
    observation = Observation.objects.filter(person=person).order_by("pk")[0]
    pair = DuplicatePair.objects.filter(organisation=organisation).order_by("pk")[0]
    batch = Import.objects.filter(organisation=organisation).order_by("pk")[0]
    check = Check.objects.filter(organisation=organisation).first() or Check.objects.create(
        organisation=organisation, asked_at=batch.created_at, finished_at=batch.created_at, total=1, walked=1
    )
    own = _own_competency(organisation, role)
    sitting = _sitting(application)
    # Another than the one decided on: whoever has opened a scorecard sees no packet before it is handed in.
    interview = _interview(Application.objects.filter(role=role, case=None).order_by("applied_at", "pk")[0])
    version = sitting.attempts.all()[0].version
    regrade = Regrade.objects.create(
        organisation=organisation, version=version, reason="A test was wrong", created_at=batch.created_at
    )
    taking = _taking(organisation)
    in_role = {"role": role.ref}
    of_person = {"ref": person.ref}
    nothing: dict[str, object] = {}
    return {
        "assessments:list": nothing,
        "assessments:invite": {**in_role, "application": application.ref},
        "assessments:sitting": {"sitting": sitting.ref},
        "assessments:attempt": {"attempt": sitting.attempts.all()[0].ref},
        "assessments:texts": {"hand_in": _with_text(sitting).ref},
        "bank:list": nothing,
        "bank:add": nothing,
        "bank:version": {"version": version.ref},
        "bank:regrade": {"regrade": regrade.ref},
        "board:list": in_role,
        "board:application": {**in_role, "application": application.ref},
        "competencies:list": nothing,
        "competencies:new": nothing,
        "competencies:rereading": nothing,
        "competencies:competency": {"competency": own.key},
        "competencies:edit": {"own": own.ref},
        "competencies:versions": {"own": own.ref},
        "decisions:mine": nothing,
        "decisions:list": in_role,
        "decisions:rule": in_role,
        "decisions:compare": in_role,
        "decisions:packet": {**in_role, "application": _with_votes(role).ref},
        "decisions:offer": {**in_role, "application": _offered(role).ref},
        "duplicates:list": nothing,
        "duplicates:pair": {"ref": pair.ref},
        "imports:list": nothing,
        "imports:batch": {"ref": batch.ref},
        "families:list": nothing,
        "families:groups": nothing,
        "families:family": {"domain": "python", "family": "late-binding"},
        "knowledge:list": nothing,
        "knowledge:new": in_role,
        "knowledge:test": {"knowledge_test": taking.test.ref},
        "knowledge:taking": {"taking": taking.ref},
        "interviews:list": nothing,
        "interviews:times": nothing,
        "interviews:interview": {"interview": interview.ref},
        "interviews:scorecard": {"interview": interview.ref},
        "kits:list": in_role,
        "kits:new": in_role,
        "kits:kit": {**in_role, "kit": interview.kit.ref},
        "kits:invite": {**in_role, "application": application.ref},
        "kits:debrief": {**in_role, "application": application.ref},
        "portfolios:page": {**in_role, "application": application.ref},
        "ledger:person": of_person,
        "ledger:competency": {**of_person, "competency": observation.competency},
        "ledger:observation": {"ref": observation.ref},
        "people:list": nothing,
        "people:person": of_person,
        "people:activity": of_person,
        "people:delete": of_person,
        "pool:list": in_role,
        "roles:list": nothing,
        "roles:new": nothing,
        "roles:profile": in_role,
        "roles:edit": in_role,
        "roles:team": in_role,
        "roles:versions": in_role,
        "roles:version": {**in_role, "number": 1},
        "settings:members": nothing,
        "settings:invite": nothing,
        "settings:member": {"member": organisation.members.order_by("pk")[1].ref},
        "settings:organisation": nothing,
        "shortlist:list": in_role,
        "shortlist:snapshot": {**in_role, "ref": _kept(role).ref},
        "shortlist:compare": in_role,
        "tasks:mine": nothing,
        "trail:check": {"check": check.ref},
        "trail:list": nothing,
    }


def _kept(role: Role) -> Shortlist:
    """Yield a kept list, made as a member makes it."""
    client = Client()
    client.force_login(role.organisation.members.filter(kinds__contains=["administrator"])[0].user)
    client.post(f"/o/{role.organisation.slug}/roles/{role.ref}/shortlist/save/", {"name": "Before the interviews"})
    return Shortlist.objects.filter(role=role)[0]


def _own_competency(organisation: Organisation, role: Role) -> CustomCompetency:
    administrator = organisation.members.filter(kinds__contains=["administrator"])[0]
    return CustomCompetency.objects.filter(organisation=organisation).first() or add_competency(
        member=administrator, definition=definition(), now=role.created_at
    )


def _member_routes() -> set[str]:
    return {
        f"{resolver.namespace}:{pattern.name}"
        for resolver in get_resolver().url_patterns
        if isinstance(resolver, URLResolver)
        for area in (resolver.url_patterns if resolver.namespace is None else [resolver])
        if isinstance(area, URLResolver) and str(area.pattern).startswith("o/")
        for pattern in area.url_patterns
        if isinstance(pattern, URLPattern)
        for resolver in [area]
    }
