"""A test of a role, an applicant, a taking; and right and wrong answers to whatever is asked."""

import msgspec
import pytest

from assay.applications.services import apply
from assay.itembank.model import ChoiceKey, Kind, LineKey, NumberKey, Option, OrderKey, TextKey, Variant
from assay.knowledge.plan import Area, Plan
from assay.knowledge.services import create_test, invite
from assay.knowledge.working import begin, current, variant_in
from assay.people.services import create_person
from assay.roles.profile import Demand, RoleProfile
from tests.web.pool import make_role

AREAS = ("statistics", "probability")
PROFILE = RoleProfile(
    title="Data scientist",
    demands=(
        Demand(competency="statistics", level=3, weight=2.0, is_must_have=True),
        Demand(competency="probability", level=3, weight=1.0),
        Demand(competency="evaluation_metrics", level=4, weight=1.0),
        Demand(competency="cpp", level=2, weight=0.5),
    ),
)


def small_plan(*, items=3, minutes=20, **rest):
    areas = tuple(Area(competency=name, items=items, level=3) for name in AREAS)
    return Plan(areas=areas, minutes=minutes, **rest)


@pytest.fixture
def role(organisation, now):
    return make_role(organisation, now, PROFILE, "Data scientist")


def applicant(role, now, name="Ines Duarte"):
    person = create_person(organisation=role.organisation, name=name, now=now)
    return apply(role=role, person=person, channel="", applied_at=now, member=None, now=now).application


@pytest.fixture
def application(role, now):
    return applicant(role, now)


@pytest.fixture
def knowledge_test(role, recruiter, now):
    return create_test(role=role, plan=small_plan(), member=recruiter, now=now)


@pytest.fixture
def taking(knowledge_test, application, recruiter, now):
    return invite(test=knowledge_test, application=application, member=recruiter, now=now)


@pytest.fixture
def begun(taking, now):
    return begin(taking=taking, now=now)


@pytest.fixture
def asked(begun, now):
    """The first question."""
    return current(taking=begun, now=now).asked


def right(asked):
    """Yield the right answer to a question."""
    variant = variant_in(asked)
    key = variant.key
    if isinstance(key, ChoiceKey):
        return [one.id for one in variant.options if one.id in key.ids]
    if isinstance(key, OrderKey):
        return list(key.ids)
    if isinstance(key, LineKey):
        return str(key.line)
    if isinstance(key, NumberKey):
        return repr(key.value)
    assert isinstance(key, TextKey)
    return key.accepted[0]


def wrong(asked):
    """Yield an answer to a question that could be right and is not."""
    variant = variant_in(asked)
    key = variant.key
    if isinstance(key, ChoiceKey):
        return [next(one.id for one in variant.options if one.id not in key.ids)]
    if isinstance(key, OrderKey):
        return list(reversed(key.ids))
    if isinstance(key, LineKey):
        return "1" if key.line != 1 else "2"
    return "-123456.5" if isinstance(key, NumberKey) else "something else"


def with_variant(asked, variant):
    """Yield the question as if this had been drawn for it."""
    asked.variant = msgspec.to_builtins(variant)
    asked.save(update_fields=["variant"])
    return asked


def number_question(asked, *, value=0.5):
    return with_variant(
        asked,
        Variant(
            family=asked.family, seed=1, kind=Kind.NUMERIC, stem="How often does a fair coin show heads?", options=(),
            key=NumberKey(value=value, tolerance_abs=0.001, tolerance_rel=0.0), explanation="By its symmetry.",
        ),
    )  # fmt: skip


def choice_question(asked, *, kind=Kind.SINGLE, ids=("a",)):
    options = tuple(Option(id=one, text=f"Option {one}", misconception="" if one in ids else f"mixes up {one}")
                    for one in "abcd")  # fmt: skip
    return with_variant(
        asked,
        Variant(
            family=asked.family, seed=1, kind=kind, stem="Which one?", options=options, key=ChoiceKey(ids=ids),
            explanation="Because.",
        ),
    )  # fmt: skip
