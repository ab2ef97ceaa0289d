"""The example organisation: members, roles from real ads, some sixty applicants, and a few weeks of work on them."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import NamedTuple

from django.urls import reverse

from assay.accounts.choices import MemberKind
from assay.accounts.models import Member, Organisation, User
from assay.accounts.services import issue_sign_in_link
from assay.applications.choices import ApplicationState as S
from assay.applications.choices import RejectionReason
from assay.applications.models import Application
from assay.applications.services import add_note, add_task, move_application
from assay.assessments.choices import SittingState
from assay.assessments.links import token_of
from assay.assessments.models import Sitting
from assay.assessments.services import invite as invite_to_tasks
from assay.assessments.services import wish_for
from assay.competencies.catalogue import shipped_catalogue
from assay.core.content import content_path
from assay.evidence.ledger import compute_beliefs
from assay.evidence.reader import read_file
from assay.example.deciding import interview_and_decide, register_example_rule
from assay.example.documents import File, document_of
from assay.example.lives import Person, people
from assay.example.portfolios import show_works
from assay.items.selectors import proposals
from assay.items.services import sync_shipped
from assay.knowledge.choices import TakingState
from assay.knowledge.links import token_of as token_of_test
from assay.knowledge.models import Taking
from assay.knowledge.plan import Area, Plan
from assay.knowledge.proposing import clock_for, forecast, proposal_for
from assay.knowledge.services import create_test
from assay.knowledge.services import invite as invite_to_test
from assay.membership.invitations import accept_by_identity, invite
from assay.membership.organisations import create_organisation
from assay.roles.choices import RoleDuty, RoleState
from assay.roles.drafts import draft_from_text
from assay.roles.models import Role
from assay.roles.selectors import with_current_version
from assay.roles.services import create_role, give_duty, set_state
from assay.sourcing.choices import ChannelKind
from assay.sourcing.models import Channel
from assay.sourcing.services import add_file, close_import, create_import, save_channel
from assay.sourcing.working import read_item

SLUG = "northwind"
MAX_BYTES = 5 * 2**20
LINK_VALID_FOR = timedelta(days=7)

STAFF = (
    ("Adele Brandt", (MemberKind.ADMINISTRATOR,)),
    ("Rana Haddad", (MemberKind.RECRUITER,)),
    ("Ines Keller", (MemberKind.HIRING_MANAGER,)),
    ("Tom Verhoeven", (MemberKind.HIRING_MANAGER, MemberKind.INTERVIEWER)),
    ("Yusuf Demir", (MemberKind.INTERVIEWER,)),
    ("Clara Nyström", (MemberKind.AUDITOR,)),
)
MANAGERS = {"ml": "Ines Keller", "ds": "Ines Keller", "nlp": "Tom Verhoeven"}
CHANNELS = {
    "Career page": ChannelKind.CAREER_SITE,
    "Referral": ChannelKind.REFERRAL,
    "Job board": ChannelKind.JOB_BOARD,
    "Agency": ChannelKind.AGENCY,
    "Conference": ChannelKind.EVENT,
}
DAYS_AGO = {"Career page": 16, "Referral": 13, "Job board": 11, "Agency": 6, "Conference": 3}
"""When each channel's pile came in: the oldest is close to the promised answer."""

COURSE = (
    (S.SCREENING, 9), (S.ASSESSMENT, 4), (S.INTERVIEW, 2), (S.DECISION, 1),
)  # fmt: skip
"""How many of the ML role's oldest applications have come how far."""


class Link(NamedTuple):
    """A way in for one member of the staff."""

    name: str
    part: str
    path: str


def find_example() -> Organisation | None:
    """Yield the example organisation where there is one."""
    return Organisation.objects.filter(slug=SLUG).first()


def make_example(*, now: datetime) -> Organisation:
    """Make the organisation with everything in it; some ten seconds, most of them reading documents."""
    begun = now - timedelta(days=20)
    staff = _staff(begun)
    organisation = staff["Adele Brandt"].organisation
    recruiter = staff["Rana Haddad"]
    roles = {key: _role(key, staff, begun + timedelta(days=1)) for key in ("ml", "nlp", "ds")}
    register_example_rule(role=roles["ml"], member=staff["Ines Keller"], now=begun + timedelta(days=1))
    channels = {
        name: save_channel(organisation=organisation, name=name, kind=kind, member=recruiter, now=begun)
        for name, kind in CHANNELS.items()
    }
    files = {person: document_of(person) for person in people()}
    for channel, role, pile in _piles():
        at = now - timedelta(days=DAYS_AGO[channel])
        _import([files[person] for person in pile], roles[role], channels[channel], recruiter, at)
    compute_beliefs(organisation=organisation, now=now)
    _work_on(roles["ml"], staff, now)
    _invite_to_tasks(roles["ml"], recruiter, now)
    _invite_to_test(roles["ml"], recruiter, now)
    show_works(role=roles["ml"], member=recruiter, now=now)
    interview_and_decide(role=roles["ml"], staff=staff, now=now)
    return organisation


def sign_in_links(*, organisation: Organisation, now: datetime) -> list[Link]:
    """Yield a fresh sign-in link for each member of the staff."""
    members = organisation.members.select_related("user").filter(is_active=True).order_by("pk")
    return [
        Link(
            member.user.name,
            ", ".join(MemberKind(kind).label.lower() for kind in member.kinds),
            issue_sign_in_link(user=member.user, now=now, valid_for=LINK_VALID_FOR),
        )
        for member in members
    ]


def candidate_path(*, organisation: Organisation) -> str:
    """Yield the page of a candidate who was invited to tasks, "" where nobody is any more."""
    sitting = Sitting.objects.filter(organisation=organisation, state=SittingState.INVITED).order_by("pk").first()
    return reverse("sitting:start", args=[token_of(sitting)]) if sitting else ""


def knowledge_path(*, organisation: Organisation) -> str:
    """Yield the page of a candidate who was invited to a knowledge test, "" where nobody is any more."""
    taking = Taking.objects.filter(organisation=organisation, state=TakingState.INVITED).order_by("pk").first()
    return reverse("taking:start", args=[token_of_test(taking)]) if taking else ""


def _invite_to_test(role: Role, member: Member, now: datetime) -> None:
    """Add the proposed test to a role, and invite the two who applied first and are not assessed yet."""
    areas = tuple(
        Area(competency=one.competency, items=one.items, level=one.level)
        for one in proposal_for(role=role).candidates
        if one.is_proposed
    )
    minutes = clock_for(minutes=forecast(plan=Plan(areas=areas, minutes=0), role=role).minutes)
    test = create_test(role=role, plan=Plan(areas=areas, minutes=minutes), member=member, now=now)
    screened = Application.objects.filter(role=role, state=S.SCREENING).order_by("applied_at", "pk")
    for application in screened[:2]:
        invite_to_test(test=test, application=application, member=member, now=now)


def _invite_to_tasks(role: Role, member: Member, now: datetime) -> None:
    """Invite those who have come as far as the assessment to two exercises; one of them asks for more time."""
    sync_shipped(now=now)
    weights = {demand.competency: demand.weight for demand in with_current_version(role=role).profile.demands}
    tasks = [one.version for one in proposals(organisation=role.organisation, weights=weights)[:2]]
    invited = Application.objects.filter(role=role, state=S.ASSESSMENT).order_by("applied_at", "pk")
    for number, application in enumerate(invited):
        sitting = invite_to_tasks(
            application=application,
            versions=tasks,
            member=member,
            now=now,
            words="Take your time, and ask us anything.",
        )
        if number == 0:
            wish_for(sitting=sitting, text="I read with a screen reader and need more time.", now=now)


def _staff(at: datetime) -> dict[str, Member]:
    """Make the organisation with its administrator, who invites the others."""
    (first, _), *others = STAFF
    user = User.objects.create_user(email=_email(first), name=first, created_at=at)
    administrator = create_organisation(name="Northwind Logistics", administrator=user, now=at, slug=SLUG)
    staff = {first: administrator}
    for name, kinds in others:
        invite(email=_email(name), kinds=kinds, by=administrator, now=at)
        colleague = accept_by_identity(email=_email(name), name=name, now=at)
        staff[name] = Member.objects.get(user=colleague, organisation=administrator.organisation)
    return staff


def _email(name: str) -> str:
    return f"{name.split(maxsplit=1)[0].lower()}@northwind.example"


def _role(key: str, staff: dict[str, Member], at: datetime) -> Role:
    text = (content_path() / "example" / "ads" / f"{key}.txt").read_text(encoding="utf-8")
    recruiter = staff["Rana Haddad"]
    role = create_role(member=recruiter, draft=draft_from_text(text=text, catalogue=shipped_catalogue()), now=at)
    give_duty(role=role, member=recruiter, colleague=staff[MANAGERS[key]], duty=RoleDuty.HIRING_MANAGER, now=at)
    give_duty(role=role, member=recruiter, colleague=staff["Yusuf Demir"], duty=RoleDuty.INTERVIEWER, now=at)
    set_state(role=role, member=recruiter, state=RoleState.OPEN, now=at)
    return role


def _piles() -> list[tuple[str, str, list[Person]]]:
    """Yield channel, role and people of each import, the oldest first."""
    piles: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in people():
        for role in person.roles:
            piles[person.channel, role].append(person)
    ordered = sorted(piles.items(), key=lambda item: (-DAYS_AGO[item[0][0]], item[0][1]))
    return [(channel, role, pile) for (channel, role), pile in ordered]


def _import(pile: list[File], role: Role, channel: Channel, member: Member, at: datetime) -> None:
    batch = create_import(organisation=role.organisation, member=member, role=role, channel=channel, now=at)
    for file in pile:
        item = add_file(batch=batch, file_name=file.name, data=file.data, max_bytes=MAX_BYTES, byte_size=len(file.data))
        read_item(item_id=item.pk, read=read_file, now=at)
    close_import(batch=batch, member=member, now=at)


def _work_on(role: Role, staff: dict[str, Member], now: datetime) -> None:
    """Move the oldest applications along, with notes, a task, and two that ended."""
    manager, recruiter = staff["Ines Keller"], staff["Rana Haddad"]
    applications = list(Application.objects.filter(role=role).order_by("applied_at", "pk"))
    for index, application in enumerate(applications):
        steps = [state for state, count in COURSE if index < count]
        for number, state in enumerate(steps):
            at = now - timedelta(days=8 - 2 * number)
            application = move_application(  # noqa: PLW2901 -- each move yields the next version
                application=application, member=recruiter, to_state=state, seen_version=application.version, now=at
            )
    first, second = applications[0], applications[1]
    text = "@Ines Keller the backtests are well described; please ask about the rollback."
    add_note(application=first, member=recruiter, text=text, now=now - timedelta(days=2))
    add_task(
        application=first, member=recruiter, text="Agree on two interview slots", assignee=manager,
        due_date=(now + timedelta(days=2)).date(), now=now - timedelta(days=1),
    )  # fmt: skip
    add_note(application=second, member=manager, text="Strong on data, little said of serving.", now=now)
    _end(applications[-1], S.WITHDRAWN, recruiter, now)
    _end(applications[-2], S.REJECTED, manager, now, reason=RejectionReason.MUST_HAVE_MISSING)


def _end(application: Application, state: S, member: Member, now: datetime, *, reason: str = "") -> None:
    fresh = Application.objects.get(pk=application.pk)
    move_application(
        application=fresh, member=member, to_state=state, seen_version=fresh.version, now=now, reason=reason
    )
