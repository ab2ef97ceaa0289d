"""What is believed of a person, and every observation behind it, down to the words."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render

from assay.audit.services import record
from assay.core import clock
from assay.core.errors import NotFoundError
from assay.evidence.ledger_selectors import (
    effects_of,
    live_belief,
    observation_visible_to,
    observations_on,
    unit,
)
from assay.evidence.models import Observation
from assay.matching.roles_for import roles_for_person
from assay.people.models import Person
from assay.people.selectors import person_visible_to
from assay.web.access import MemberRequest, member_page
from assay.web.blind import blinded_name, is_blind
from assay.web.recruiter.ledger.present import (
    belief_line,
    families_of,
    observation_line,
    passage_of,
    says,
)


@member_page()
def person(request: MemberRequest, ref: str) -> HttpResponse:
    """Show a person's beliefs by competency and which of our roles fit."""
    found = person_visible_to(member=request.member, ref=ref)
    live = live_belief(person=found)
    _record_look(request, found, page="beliefs")
    context = {
        "person": found,
        "label": _label(request, found),
        "families": families_of(live),
        "roles": roles_for_person(member=request.member, person=found),
        "is_empty": not live.rows,
    }
    return render(request, "ledger/person.html", context)


@member_page()
def competency(request: MemberRequest, ref: str, competency: str) -> HttpResponse:
    """Show every observation on one competency with what leaving it out would change."""
    found = person_visible_to(member=request.member, ref=ref)
    live = live_belief(person=found)
    entry = live.catalogue.find(competency)
    if entry is None:
        raise NotFoundError("The competency map has no such entry.")
    place = live.numbers.ids.index(competency)
    effects = effects_of(live=live, direction=unit(size=len(live.numbers.ids), place=place))
    _record_look(request, found, page=f"competency {competency}")
    context = {
        "person": found,
        "label": _label(request, found),
        "competency": entry,
        "line": belief_line(live=live, place=place),
        "observations": [
            observation_line(row=row, effect=effects.get(row.ref), is_blind=is_blind(request))
            for row in observations_on(person=found, competency=competency)
        ],
        "levels": list(enumerate(entry.levels, start=1)),
    }
    return render(request, "ledger/competency.html", context)


@member_page()
def observation(request: MemberRequest, ref: str) -> HttpResponse:
    """Show the words that an observation rests on, where they stand."""
    found = observation_visible_to(member=request.member, ref=ref)
    _record_look(request, found.person, page=f"observation {found.ref}")
    live = live_belief(person=found.person)
    context = _observation_context(request, found) | {
        "name": entry.name if (entry := live.catalogue.find(found.competency)) else found.competency
    }
    template = "ledger/words.html" if getattr(request, "htmx", False) else "ledger/observation.html"
    return render(request, template, context)


def _observation_context(request: MemberRequest, found: Observation) -> dict[str, object]:
    blind = is_blind(request)
    return {
        "person": found.person,
        "label": _label(request, found.person),
        "observation": found,
        "says": says(found),
        "passage": passage_of(row=found, is_blind=blind),
        "file": _file_words(found, is_blind=blind),
        "retraction": getattr(found, "retraction", None),
    }


def _file_words(found: Observation, *, is_blind: bool) -> str:
    if found.document is None:
        return ""
    return "a document of theirs" if is_blind else found.document.file_name


def _label(request: MemberRequest, person: Person) -> str:
    return blinded_name(person) if is_blind(request) else str(person)


def _record_look(request: MemberRequest, person: Person, *, page: str) -> None:
    with transaction.atomic():
        record(
            organisation=request.member.organisation,
            kind="person.seen",
            subject_type="person",
            subject_ref=person.ref,
            member=request.member,
            now=clock.now(),
            facts={"page": page},
        )
