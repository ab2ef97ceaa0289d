"""The bank of questions: what is in it, what answers say of it, and a look at any variant."""

from typing import Any, NamedTuple

import numpy as np
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from assay.accounts.rules import may_audit
from assay.competencies.selectors import catalogue_of
from assay.core.clock import now
from assay.core.errors import NotFoundError
from assay.itembank.model import Family, Kind
from assay.items.rules import may_author, may_browse
from assay.knowledge.choices import FamilyState
from assay.knowledge.decks import bank, current_parameters, retired_families, variant_of
from assay.knowledge.drawing import VARIANTS_A_FAMILY, Parameters
from assay.knowledge.groups import findings_of
from assay.knowledge.models import FamilyNote
from assay.knowledge.services import note_family
from assay.knowledge.statistics import FamilyNumbers, has_drifted, misses_of, numbers_of_families
from assay.science.belief import level_of
from assay.science.irt import PILOT_RESPONSES, Items, information
from assay.web.access import MemberRequest, member_page
from assay.web.author.families.groups import finding_shown
from assay.web.candidate.knowledge.shown import html_of, name_of
from assay.web.recruiter.knowledge.takings import right_of
from assay.web.shortlist_rows import level_word

HIGHEST_SEED = 2**31 - 1
CURVE_WIDTH, CURVE_HEIGHT, CURVE_REACH = 440.0, 120.0, 2.5
KIND_WORDS = {
    Kind.SINGLE: "one choice",
    Kind.MULTIPLE: "several choices",
    Kind.NUMERIC: "number",
    Kind.ORDER: "order",
    Kind.READING: "code reading",
    Kind.BUG_LINE: "find the fault",
    Kind.SITUATIONAL: "situation",
    Kind.SHORT: "short answer",
}
NOTHING = FamilyNumbers(0, 0, None, None, None)


class FamilyRow(NamedTuple):
    """One family in the list."""

    id: str
    domain: str
    name: str
    title: str
    kind: str
    level: str
    is_pilot: bool
    is_retired: bool
    answered: int
    right: str
    time: str
    exposure: str


@require_GET
@member_page(may=may_browse)
def families(request: MemberRequest) -> HttpResponse:
    """Show the families of a domain, or of all, with what the organisation's own answers say of them."""
    parameters = current_parameters()
    numbers = numbers_of_families(organisation=request.member.organisation)
    retired = retired_families(organisation=request.member.organisation)
    domain = request.GET.get("domain", "")
    rows = [
        _row(one, parameters[one.id], numbers.get(one.id, NOTHING), is_retired=one.id in retired)
        for one in sorted(bank().families, key=lambda one: one.id)
        if domain in {"", one.domain}
    ]
    context: dict[str, Any] = {
        "rows": rows,
        "domains": sorted(bank().domains),
        "domain": domain,
        "total": len(bank().families),
    }
    context["may_compare"] = may_audit(request.member)
    return render(request, "families/list.html", context)


@require_GET
@member_page(may=may_browse)
def family_page(request: MemberRequest, domain: str, family: str) -> HttpResponse:
    """Show a family: a variant with its key, what it tells, and what its answers say."""
    found = _family(f"{domain}/{family}")
    organisation = request.member.organisation
    seed = _seed(request.GET.get("seed", ""))
    variant = variant_of(family=found.id, seed=seed)
    parameters = current_parameters()[found.id]
    catalogue = catalogue_of(organisation=organisation)
    numbers = numbers_of_families(organisation=organisation).get(found.id, NOTHING)
    retired = found.id in retired_families(organisation=organisation)
    context: dict[str, Any] = {
        "family": found,
        "row": _row(found, parameters, numbers, is_retired=retired),
        "numbers": numbers,
        "parameters": parameters,
        "shows": [name_of(catalogue, name) for name in sorted(found.loadings, key=lambda one: -found.loadings[one])],
        "seed": seed,
        "following": seed % VARIANTS_A_FAMILY + 1,
        "variants": VARIANTS_A_FAMILY,
        "stem": html_of(variant.stem),
        "options": [(html_of(one.text), one.misconception) for one in variant.options],
        "right": right_of(variant),
        "explanation": html_of(variant.explanation),
        "curve": curve_of(parameters),
        "needed": PILOT_RESPONSES,
        "misses": misses_of(organisation=organisation, family=found.id),
        "has_drifted": has_drifted(organisation=organisation, family=found.id),
        "findings": [finding_shown(one) for one in findings_of(organisation=organisation, family=found.id)],
        "notes": FamilyNote.objects.filter(organisation=organisation, family=found.id).select_related("member__user"),
        "may_author": may_author(request.member),
    }
    return render(request, "families/family.html", context)


@require_POST
@member_page(may=may_author)
def note(request: MemberRequest, domain: str, family: str) -> HttpResponse:
    """Stop asking a family, or ask it again."""
    found = _family(f"{domain}/{family}")
    state = FamilyState.RETIRED if request.POST.get("action") == "retire" else FamilyState.RESTORED
    note_family(member=request.member, family=found.id, state=state, reason=request.POST.get("reason", ""), now=now())
    messages.success(request, "Noted. Tests ask by it from their next question on.")
    return redirect("families:family", request.member.organisation.slug, domain, family)


def curve_of(parameters: Parameters) -> str:
    """Yield the information of an item over the five levels, as the path of an SVG line."""
    ability = np.linspace(-CURVE_REACH, CURVE_REACH, 61)
    items = Items.from_difficulties(
        discriminations=[parameters.discrimination], difficulties=[(parameters.difficulty,)]
    )
    told = information(items=items, ability=ability)[0]
    across = (ability + CURVE_REACH) / (2 * CURVE_REACH) * CURVE_WIDTH
    up = CURVE_HEIGHT - told / max(float(told.max()), 1e-9) * (CURVE_HEIGHT - 10)
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in zip(across, up, strict=True))


def _row(family: Family, parameters: Parameters, numbers: FamilyNumbers, *, is_retired: bool) -> FamilyRow:
    return FamilyRow(
        id=family.id,
        domain=family.domain,
        name=family.id.partition("/")[2],
        title=family.title,
        kind=KIND_WORDS[family.kind],
        level=level_word(level_of(ability=parameters.difficulty)),
        is_pilot=family.is_pilot or parameters.responses < PILOT_RESPONSES,
        is_retired=is_retired,
        answered=numbers.answered,
        right="" if numbers.right is None else f"{numbers.right:.0%}",
        time="" if numbers.response_s is None else f"{numbers.response_s:.0f} s",
        exposure="" if numbers.exposure is None else f"{numbers.exposure:.0%}",
    )


def _family(family_id: str) -> Family:
    found = next((one for one in bank().families if one.id == family_id), None)
    if found is None:
        message = "There is no such family of questions in the bank."
        raise NotFoundError(message)
    return found


def _seed(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(HIGHEST_SEED)) else 1
    return min(max(number, 1), HIGHEST_SEED)
