"""One person's belief against one role: what the rule and the packet look at."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from assay.applications.models import Application
from assay.evidence.beliefs import OWN_WORDS
from assay.evidence.ledger_selectors import LiveBelief, live_belief
from assay.matching.role import (
    NothingDemandedError,
    RoleModel,
    Wanted,
    competencies_from,
    role_model,
)
from assay.roles.profile import RoleProfile
from assay.science.belief import Fit, chance_at_least, p_must_haves, role_fit


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weighed:
    """A person's live belief and what it says of a role.

    ``role``, ``fit`` and ``p_together`` are None where the role asks for nothing that the map holds; ``p_together``
    also where it has no must-have. ``evidence`` counts observations beyond the person's own words by competency.
    """

    live: LiveBelief
    profile: RoleProfile
    role: RoleModel | None
    fit: Fit | None
    p_together: float | None
    evidence: Mapping[str, int]

    @property
    def measured(self) -> int:
        """How many of the role's competencies rest on more than own words."""
        return sum(self.evidence.get(name, 0) > 0 for name in self.demanded)

    @property
    def demanded(self) -> tuple[str, ...]:
        """The role's competencies, the heaviest first."""
        return self.role.demanded if self.role else ()


class _Place(NamedTuple):
    place: int
    chance: float


def weighed(*, application: Application, profile: RoleProfile) -> Weighed:
    """Yield a person's belief, worked out now, against what a role asks for. Two queries beyond the profile's."""
    live = live_belief(person=application.person)
    evidence = Counter(row.competency for row in live.rows if row.source_kind not in OWN_WORDS)
    role = _role(profile, live)
    if role is None:
        return Weighed(live=live, profile=profile, role=None, fit=None, p_together=None, evidence=evidence)
    fit = role_fit(belief=live.belief, weights=role.weights, required_levels=dict(role.required))
    return Weighed(live=live, profile=profile, role=role, fit=fit, p_together=_together(live, role), evidence=evidence)


def _role(profile: RoleProfile, live: LiveBelief) -> RoleModel | None:
    competencies = competencies_from(entries=live.catalogue.competencies, parameters=live.numbers.parameters)
    try:
        return role_model(
            profile=profile, competencies=competencies, parameters=live.numbers.parameters, rules=live.numbers.rules
        )
    except NothingDemandedError:
        return None


def _together(live: LiveBelief, role: RoleModel) -> float | None:
    """Yield the joint chance of the must-haves; where others do as well, of the likeliest of them."""
    if not role.must_haves:
        return None
    required: dict[int, int] = {}
    for wanted in role.must_haves:
        place = _likeliest(live, role, wanted)
        required[place] = max(required.get(place, 0), wanted.level)
    return p_must_haves(belief=live.belief, required_levels=required)


def _likeliest(live: LiveBelief, role: RoleModel, wanted: Wanted) -> int:
    places = [role.competencies.place[name] for name in wanted.any_of]
    found = [_Place(one, chance_at_least(belief=live.belief, competency=one, level=wanted.level)) for one in places]
    return max(found, key=lambda one: (one.chance, -one.place)).place


def sd_of(live: LiveBelief, place: int) -> float:
    """Yield the standard deviation of what is believed of one competency."""
    return math.sqrt(float(live.belief.covariance[place, place]))
