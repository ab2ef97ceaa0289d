"""Reads for a role's shortlist: who applied, in which order, and the words behind it."""

from typing import Any, NamedTuple

import msgspec
from django.db.models import QuerySet

from assay.applications.models import Application
from assay.competencies.catalogue import Catalogue
from assay.competencies.selectors import catalogue_of
from assay.core.errors import NotFoundError
from assay.evidence.beliefs import Numbers, numbers_for
from assay.evidence.claims import ClaimRules
from assay.evidence.stated import Stated
from assay.matching.explain import SettleTable, settle_table
from assay.matching.models import Shortlist
from assay.matching.role import Competencies, NothingDemandedError, RoleModel, competencies_from, role_model
from assay.matching.sheet import Versions
from assay.roles.models import Role, RoleVersion
from assay.roles.profile import RoleProfile
from assay.roles.selectors import with_current_version
from assay.science.belief import Parameters


class Matched(NamedTuple):
    """A role with what it takes to rank for it."""

    role: Role
    version: RoleVersion
    profile: RoleProfile
    model: RoleModel
    catalogue: Catalogue
    parameters: Parameters
    rules: ClaimRules
    settle: SettleTable
    versions: Versions


def matched_role(*, role: Role) -> Matched | None:
    """Yield a role ready to rank for; None where it asks for nothing that the map knows."""
    current = with_current_version(role=role)
    catalogue = catalogue_of(organisation=role.organisation)
    return matched(role=role, version=current.version, profile=current.profile, catalogue=catalogue)


def matched(*, role: Role, version: RoleVersion, profile: RoleProfile, catalogue: Catalogue) -> Matched | None:
    """Yield one version of a role ready to rank for over its organisation's map."""
    numbers = numbers_for(catalogue)
    model = _model_of(version=version, profile=profile, catalogue=catalogue, numbers=numbers)
    if model is None:
        return None
    return Matched(
        role=role, version=version, profile=profile, model=model, catalogue=catalogue, parameters=numbers.parameters,
        rules=numbers.rules, settle=settle_table(catalogue.competencies),
        versions=Versions(
            competency_map=catalogue.version, sources=numbers.parameters.version, claim_rules=numbers.rules.version,
            reader="",
        ),
    )  # fmt: skip


def channels_of(*, role: Role) -> list[str]:
    """Yield the channels through which people applied to a role."""
    rows = Application.objects.filter(role=role).exclude(channel="").order_by()
    return sorted(rows.values_list("channel", flat=True).distinct())


def shortlists_of(*, role: Role) -> QuerySet[Shortlist]:
    """Yield the snapshots of a role, newest first, without their contents. The role was reached by a selector."""
    return Shortlist.objects.filter(role=role).defer("result").select_related("created_by__user", "role_version")


def shortlist_of(*, role: Role, ref: str) -> Shortlist:
    """Yield one snapshot of a role. Raises `NotFoundError`."""
    found = Shortlist.objects.filter(role=role, ref=ref).select_related("created_by__user", "role_version").first()
    if found is None:
        message = "There is no such snapshot in this role."
        raise NotFoundError(message)
    return found


def stated_from(stored: Any) -> Stated:
    """Yield what a person stated; nothing where the stored form is none of ours."""
    try:
        return msgspec.convert(stored or {}, Stated)
    except msgspec.ValidationError:
        return Stated()


MOST_MODELS = 200
_COMPETENCIES: dict[str, Competencies] = {}
_MODELS: dict[tuple[int, str], RoleModel | None] = {}
"""By version of the role and version of the numbers: a version of a role never changes."""


def _model_of(
    *, version: RoleVersion, profile: RoleProfile, catalogue: Catalogue, numbers: Numbers
) -> RoleModel | None:
    key = (version.pk, numbers.version)
    if key not in _MODELS:
        try:
            model = role_model(
                profile=profile,
                competencies=_competencies(catalogue, numbers.parameters),
                parameters=numbers.parameters,
                rules=numbers.rules,
            )
        except NothingDemandedError:
            model = None
        if len(_MODELS) >= MOST_MODELS:
            _MODELS.clear()
        _MODELS[key] = model
        return model
    return _MODELS[key]


def _competencies(catalogue: Catalogue, parameters: Parameters) -> Competencies:
    key = f"{catalogue.version}/{parameters.version}"
    if key not in _COMPETENCIES:
        _COMPETENCIES[key] = competencies_from(entries=catalogue.competencies, parameters=parameters)
    return _COMPETENCIES[key]
