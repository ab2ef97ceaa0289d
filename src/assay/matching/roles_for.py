"""From a person to the roles: which of ours fit."""

from typing import NamedTuple

from assay.accounts.models import Member
from assay.applications.models import Application
from assay.competencies.catalogue import Catalogue
from assay.competencies.selectors import catalogue_of
from assay.evidence.beliefs import OWN_WORDS, belief_of, claim_codes, numbers_for
from assay.evidence.ledger import rows_of
from assay.matching.model import Applicant, ClaimLine, FitValues, Measured, MustHave, MustHaveState
from assay.matching.rank import contributions_of, fit_values, is_ruled_out, must_haves_of, pool_fits, pool_of
from assay.matching.role import STANCE_OF, RoleModel
from assay.matching.selectors import matched, stated_from
from assay.people.models import Person
from assay.roles.choices import RoleState
from assay.roles.models import Role, RoleVersion
from assay.roles.selectors import profile_of, roles_visible_to

MOST_ROLES = 50


class RoleFit(NamedTuple):
    """How a person fits one role."""

    ref: str
    title: str
    has_applied: bool
    fit: FitValues
    bar: float | None
    must_haves: tuple[MustHave, ...]
    is_measured: bool
    is_ruled_out: bool
    """Whether something that the person stated excludes them from the role."""

    @property
    def met(self) -> int:
        """How many must-haves are met."""
        return sum(one.state is MustHaveState.MET for one in self.must_haves)

    @property
    def is_by_words_alone(self) -> bool:
        """Tell whether nothing but the person's own words stands behind the must-haves."""
        return all(one.is_claim for one in self.must_haves)


def roles_for_person(*, member: Member, person: Person) -> list[RoleFit]:
    """Yield the open roles that the member may see, as a shortlist of each would show the person now.

    The one with the most chances at its bar first, roles that a stated fact excludes last. Five queries.
    """
    roles = list(roles_visible_to(member=member).filter(state=RoleState.OPEN)[:MOST_ROLES])
    newest = {}
    for version in RoleVersion.objects.filter(role__in=roles).order_by("role_id", "-number").distinct("role_id"):
        newest[version.role_id] = version
    applied = set(Application.objects.filter(person=person, role__in=roles).values_list("role_id", flat=True))
    catalogue = catalogue_of(organisation=person.organisation)
    applicant = _applicant_now(person, catalogue)
    found = []
    for role in roles:
        if (current := newest.get(role.pk)) is None:
            continue
        ready = matched(role=role, version=current, profile=profile_of(current), catalogue=catalogue)
        if ready is not None:
            found.append(_fit(role=role, model=ready.model, applicant=applicant, has_applied=role.pk in applied))
    return sorted(found, key=lambda one: (one.is_ruled_out, -(one.fit.p_above_bar or 0.0), one.title, one.ref))


def _fit(*, role: Role, model: RoleModel, applicant: Applicant, has_applied: bool) -> RoleFit:
    fits = pool_fits(pool=pool_of(people=[applicant], role=model), role=model)
    return RoleFit(
        ref=role.ref,
        title=role.title,
        has_applied=has_applied,
        fit=fit_values(mean=float(fits.mean[0]), sd=float(fits.sd[0]), bar=model.bar),
        bar=model.bar,
        must_haves=must_haves_of(person=applicant, role=model),
        is_measured=applicant.measured is not None or bool(contributions_of(person=applicant, role=model)),
        is_ruled_out=is_ruled_out(person=applicant, role=model),
    )


def _applicant_now(person: Person, catalogue: Catalogue) -> Applicant:
    """Yield what a ranking may know of a person, from the observations that stand now."""
    numbers = numbers_for(catalogue)
    rows = rows_of(person)
    codes = claim_codes(rows=rows, ids=numbers.ids)
    measured = None
    if any(row.source_kind not in OWN_WORDS for row in rows):
        belief = belief_of(rows=rows, numbers=numbers)
        measured = Measured(belief.mean, belief.covariance)
    return Applicant(
        key=person.ref,
        claims=tuple(
            ClaimLine(competency=numbers.ids[place], stance=STANCE_OF[code]) for place, code in enumerate(codes) if code
        ),
        stated=stated_from(person.stated),
        measured=measured,
    )
