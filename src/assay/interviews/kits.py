"""A kit from what a role asks for, and what is open about one candidate."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from assay.applications.models import Application
from assay.assessments.models import HandIn
from assay.competencies.catalogue import Catalogue
from assay.competencies.selectors import catalogue_of
from assay.evidence.beliefs import OWN_WORDS
from assay.evidence.ledger import standing_observations
from assay.interviews.bank import Question
from assay.interviews.choices import Form
from assay.interviews.models import Kit
from assay.roles.profile import RoleProfile
from assay.roles.selectors import with_current_version

AROUND_MINUTES = 10
"""Of each interview, for the welcome and the candidate's own questions."""
SOFT = "soft"
_BEST_FIRST = (Form.BEHAVIOURAL, Form.DEEP_DIVE, Form.DESIGN, Form.SITUATIONAL, Form.CONCEPT)
"""What somebody did comes before what they would do, and both before what they can explain."""
MOST_POINTS = 8


def questions_of(kit: Kit) -> tuple[Question, ...]:
    """Yield a kit's questions as they were when it was made."""
    return msgspec.convert(kit.questions, tuple[Question, ...])


def proposed(
    *, profile: RoleProfile, bank: Sequence[Question], catalogue: Catalogue, minutes: int, used: Iterable[str] = ()
) -> tuple[Question, ...]:
    """Yield questions that fit into an interview, the heaviest demands first, and at least one on working with people.

    ``used`` are the ids of questions that other kits of the role ask: nobody is asked the same twice.
    """
    left = minutes - AROUND_MINUTES
    taken = set(used)
    chosen: list[Question] = []
    for competency in _order(profile, catalogue):
        fitting = [one for one in bank if one.competency == competency and one.id not in taken and one.minutes <= left]
        if fitting:
            best = min(fitting, key=lambda one: (_BEST_FIRST.index(Form(one.form)), one.id))
            chosen.append(best)
            left -= best.minutes
    return tuple(sorted(chosen, key=lambda one: (_is_soft(one, catalogue), chosen.index(one))))


def _order(profile: RoleProfile, catalogue: Catalogue) -> list[str]:
    """Yield the demanded competencies by weight, the first of those about people moved up to the second place."""
    names = [one.competency for one in sorted(profile.demands, key=lambda one: (-one.is_must_have, -one.weight))]
    known = [name for name in names if catalogue.find(name) is not None]
    soft = [name for name in known if catalogue.competency(name).kind == SOFT] or ["communication"]
    rest = [name for name in known if name != soft[0]]
    return [*rest[:1], soft[0], *rest[1:]]


def _is_soft(question: Question, catalogue: Catalogue) -> bool:
    found = catalogue.find(question.competency)
    return found is not None and found.kind == SOFT


def open_points(*, application: Application) -> list[dict[str, Any]]:
    """Yield what is open about one candidate: claims that nothing supports, and questions on their own hand-in.

    They stand beside the kit's questions and are not rated, so that every candidate is rated on the same ones.
    """
    return (_claims(application) + _viva(application))[:MOST_POINTS]


def _claims(application: Application) -> list[dict[str, Any]]:
    names = {one.id: one.name for one in catalogue_of(organisation=application.organisation).competencies}
    demands = sorted(with_current_version(role=application.role).profile.demands, key=lambda one: -one.weight)
    rows = standing_observations(application.person).values_list("competency", "source_kind")
    said = {competency for competency, kind in rows if kind in OWN_WORDS}
    shown = {competency for competency, kind in rows if kind not in OWN_WORDS}
    return [
        {
            "kind": "claim",
            "about": names[one.competency],
            "ask": f"{names[one.competency]} stands in the documents only. "
            "Ask for one piece of work, what their own part was, and what happened next.",
        }
        for one in demands
        if one.competency in said - shown and one.competency in names
    ][:4]


def _viva(application: Application) -> list[dict[str, Any]]:
    hand_ins = HandIn.objects.filter(attempt__sitting__application=application, counts=True).select_related(
        "attempt__version"
    )
    return [
        {"kind": "hand_in", "about": one.attempt.version.title, "ask": row["ask"], "answer": row.get("answer", "")}
        for one in hand_ins.defer("files")
        for row in one.viva
        if row.get("ask")
    ]
