"""From a person to the roles: which of ours fit."""

from typing import NamedTuple

from assay.accounts.models import Member
from assay.applications.models import Application
from assay.competencies.selectors import catalogue_of
from assay.evidence.beliefs import claim_codes, numbers_for
from assay.evidence.ledger import rows_of
from assay.matching.model import Applicant, ClaimLine, FitValues, MustHave, MustHaveState
from assay.matching.rank import fit_values, must_haves_of, pool_fits, pool_of
from assay.matching.role import STANCE_OF
from assay.matching.selectors import matched, stated_from
from assay.people.models import Person
from assay.roles.choices import RoleState
from assay.roles.models import RoleVersion
from assay.roles.selectors import profile_of, roles_visible_to


class RoleFit(NamedTuple):
    """How a person fits one role."""

    ref: str
    title: str
    has_applied: bool
    fit: FitValues
    bar: float | None
    must_haves: tuple[MustHave, ...]
    is_measured: bool

    @property
    def met(self) -> int:
        """How many must-haves are met."""
        return sum(one.state is MustHaveState.MET for one in self.must_haves)


def roles_for_person(*, member: Member, person: Person) -> list[RoleFit]:
    """Yield the open roles that the member may see, the one with the most chances at its bar first. Four queries."""
    roles = list(roles_visible_to(member=member).filter(state=RoleState.OPEN).select_related("organisation")[:50])
    newest = {}
    for version in RoleVersion.objects.filter(role__in=roles).order_by("role_id", "-number").distinct("role_id"):
        newest[version.role_id] = version
    applied = set(Application.objects.filter(person=person, role__in=roles).values_list("role_id", flat=True))
    applicant = applicant_from_ledger(person)
    found = []
    for role in roles:
        ready = matched(role=role, version=newest[role.pk], profile=profile_of(newest[role.pk]))
        if ready is None:
            continue
        fits = pool_fits(pool=pool_of(people=[applicant], role=ready.model), role=ready.model)
        found.append(
            RoleFit(
                ref=role.ref,
                title=role.title,
                has_applied=role.pk in applied,
                fit=fit_values(mean=float(fits.mean[0]), sd=float(fits.sd[0]), bar=ready.model.bar),
                bar=ready.model.bar,
                must_haves=must_haves_of(person=applicant, role=ready.model),
                is_measured=any(line.competency in ready.model.demanded for line in applicant.claims),
            )
        )
    return sorted(found, key=lambda one: (-(one.fit.p_above_bar or 0.0), one.title, one.ref))


def applicant_from_ledger(person: Person) -> Applicant:
    """Yield what a ranking may know of a person, from the observations that stand now."""
    numbers = numbers_for(catalogue_of(organisation=person.organisation))
    codes = claim_codes(rows=rows_of(person), ids=numbers.ids)
    return Applicant(
        key=person.ref,
        claims=tuple(
            ClaimLine(competency=numbers.ids[place], stance=STANCE_OF[code]) for place, code in enumerate(codes) if code
        ),
        stated=stated_from(person.stated),
    )
