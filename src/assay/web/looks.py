"""That a member looked at a list of people is written down, once a day for each list."""

from assay.audit.services import record_look
from assay.core import clock
from assay.people.models import Person
from assay.roles.models import Role
from assay.web.access import MemberRequest


def note_look_at_role(request: MemberRequest, role: Role, *, kind: str) -> None:
    """Write down a look at a role's shortlist or board."""
    record_look(
        organisation=request.member.organisation,
        kind=kind,
        subject_type="role",
        subject_ref=role.ref,
        member=request.member,
        now=clock.now(),
    )


def note_look_at_people(request: MemberRequest) -> None:
    """Write down a look at the list of all people."""
    organisation = request.member.organisation
    record_look(
        organisation=organisation,
        kind="people.listed",
        subject_type="organisation",
        subject_ref=organisation.ref,
        member=request.member,
        now=clock.now(),
    )


def note_look_at_person(request: MemberRequest, person: Person) -> None:
    """Write down a look at what a person did."""
    record_look(
        organisation=request.member.organisation,
        kind="person.work_seen",
        subject_type="person",
        subject_ref=person.ref,
        member=request.member,
        now=clock.now(),
    )
