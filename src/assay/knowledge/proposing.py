"""What a test of a role should ask: the areas that the role weighs and that are least known of its applicants."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from django.db.models import Count, QuerySet
from scipy.special import ndtr

from assay.applications.models import Application
from assay.applications.rules import ENDED
from assay.competencies.selectors import catalogue_of
from assay.evidence.beliefs import OWN_WORDS, Numbers, moments_from, numbers_for
from assay.evidence.models import Belief, Observation
from assay.knowledge.decks import deck_for
from assay.knowledge.drawing import Deck, expected_sd
from assay.knowledge.plan import LEAST_IN_AREA, MOST_IN_AREA, TARGET_SD, Area, Plan
from assay.roles.models import Role
from assay.roles.profile import RoleProfile, weight_shares
from assay.roles.selectors import with_current_version
from assay.science.arrays import FloatArray
from assay.science.belief import fit_direction
from assay.science.nextstep import change_sds, knowledge_test

USUAL_ITEMS = 8
USUAL_MINUTES = 30
USUAL_AREAS = 4
CLOCK = 1.5
"""The clock of a test over the time that its questions usually take: nobody is hurried."""
MOST_APPLICANTS = 200
"""So many beliefs show what is not known of a role's applicants."""


class Candidate(NamedTuple):
    """An area that a test could ask about."""

    competency: str
    name: str
    level: int
    weight: float
    """Share of the role's weights, 0 to 1."""
    most: int
    """So many questions can be asked."""
    items: int
    minutes: float
    sd: float
    """Posterior sd to be expected after ``items`` questions."""
    measured: int
    """Applicants of whom more than their own words is known here."""
    worth: float
    """Expected change of the role's fit, in sd a minute: for the order only."""
    is_proposed: bool


class Forecast(NamedTuple):
    """How long a plan takes and how sure it will be."""

    minutes: int
    chances: dict[str, int]
    """Competency → in how many of 20 people the level shown lies within half a level of the true one."""


class Proposal(NamedTuple):
    """The areas, most worth first, and those that the role asks for and the bank cannot ask about."""

    candidates: list[Candidate]
    unasked: list[str]
    applicants: int


def proposal_for(*, role: Role) -> Proposal:
    """Yield the areas that a test of a role could ask about, the proposed ones marked."""
    profile = with_current_version(role=role).profile
    catalogue = catalogue_of(organisation=role.organisation)
    numbers = numbers_for(catalogue)
    shares = weight_shares(profile)
    demands = [one for one in profile.demands if one.competency in numbers.ids]
    areas = tuple(Area(competency=one.competency, items=1, level=one.level) for one in demands)
    deck = deck_for(plan=Plan(areas=areas, minutes=1), organisation=role.organisation)
    pool = _Pool(numbers, _direction(profile, numbers), _covariances(role, numbers))
    measured = _measured(role)
    found, unasked = [], []
    for demand in demands:
        name, title = demand.competency, catalogue.competency(demand.competency).name
        most = min(sum(slot.area == name for slot in deck.slots), MOST_IN_AREA)
        if most < LEAST_IN_AREA:
            unasked.append(title)
            continue
        items = min(USUAL_ITEMS, most)
        minutes = items * seconds_each(deck=deck, area=name) / 60
        sd = expected_sd(deck=deck, area=name, items=items)
        worth = pool.worth(competency=name, sd=sd, minutes=minutes)
        found.append(
            Candidate(
                competency=name, name=title, level=demand.level, weight=shares[name], most=most, items=items,
                minutes=minutes, sd=sd, measured=measured.get(name, 0), worth=worth, is_proposed=False,
            )
        )  # fmt: skip
    ordered = sorted(found, key=lambda one: (-one.worth, one.name))
    return Proposal(_marked(ordered), sorted(unasked), _applicants(role).count())


def forecast(*, plan: Plan, role: Role) -> Forecast:
    """Yield how long a plan takes and how sure it will be."""
    deck = deck_for(plan=plan, organisation=role.organisation)
    seconds = sum(area.items * seconds_each(deck=deck, area=area.competency) for area in plan.areas)
    chances = {}
    for area in plan.areas:
        sd = expected_sd(deck=deck, area=area.competency, items=area.items)
        chances[area.competency] = chance_of_half_a_level(sd=max(sd, min(plan.target_sd, TARGET_SD)))
    return Forecast(math.ceil(seconds / 60), chances)


def seconds_each(*, deck: Deck, area: str) -> float:
    """Yield how long a question of an area usually takes; 0 where there is none."""
    own = [slot.expected_s for slot in deck.slots if slot.area == area]
    return float(np.mean(own)) if own else 0.0


def chance_of_half_a_level(*, sd: float) -> int:
    """Yield in how many of 20 people an estimate with this sd lies within half a level of the truth, 1 to 19."""
    return min(max(round(20 * (2 * float(ndtr(0.5 / sd)) - 1)), 1), 19)


def clock_for(*, minutes: float) -> int:
    """Yield the clock of a test whose questions usually take so many minutes; a multiple of five."""
    return max(5, 5 * math.ceil(minutes * CLOCK / 5))


def _marked(ordered: Sequence[Candidate]) -> list[Candidate]:
    """Mark what fits into the usual time, in the order of worth."""
    minutes, chosen = 0.0, 0
    found = []
    for one in ordered:
        fits = chosen < USUAL_AREAS and (minutes + one.minutes <= USUAL_MINUTES or chosen == 0)
        if fits:
            minutes, chosen = minutes + one.minutes, chosen + 1
        found.append(one._replace(is_proposed=fits))
    return found


class _Pool(NamedTuple):
    """A role's direction in the map, and what is not known of its applicants."""

    numbers: Numbers
    direction: FloatArray
    covariances: list[FloatArray]

    def worth(self, *, competency: str, sd: float, minutes: float) -> float:
        """Yield by how much a test of one area would move the fit of an applicant, on average, a minute."""
        assessment = knowledge_test(
            name=competency, competencies=[self.numbers.ids.index(competency)], size=len(self.numbers.ids),
            target_sd=min(max(sd, 0.05), 0.99), minutes=minutes,
        )  # fmt: skip
        covariances = np.stack(self.covariances) if self.covariances else self.numbers.prior.covariance[None]
        moved = change_sds(covariances=covariances, direction=self.direction, assessment=assessment)
        return float(moved.mean()) / max(minutes, 0.1)


def _direction(profile: RoleProfile, numbers: Numbers) -> FloatArray:
    shares = weight_shares(profile)
    weights = np.array([shares.get(name, 0.0) for name in numbers.ids])
    return fit_direction(prior=numbers.prior, weights=weights) if weights.any() else weights


def _applicants(role: Role) -> QuerySet[Application]:
    return Application.objects.filter(role=role, person__merged_into=None).exclude(state__in=ENDED)


def _covariances(role: Role, numbers: Numbers) -> list[FloatArray]:
    """Yield what is not known of the role's running applicants; of the newest at most."""
    people = _applicants(role).order_by("-applied_at").values("person")[:MOST_APPLICANTS]
    rows = Belief.objects.filter(person__in=people, parameters=numbers.version).values_list("mean", "cov")
    return [moments_from(mean=mean, cov=cov).covariance for mean, cov in rows]


def _measured(role: Role) -> dict[str, int]:
    """Yield how many running applicants are known by more than their own words, by competency."""
    rows = (
        Observation.objects.filter(person__in=_applicants(role).values("person"), retraction__isnull=True)
        .exclude(source_kind__in=list(OWN_WORDS))
        .values_list("competency")
        .annotate(people=Count("person", distinct=True))
    )
    return dict(rows)
