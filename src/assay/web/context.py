"""What the frame around every page needs."""

from django.http import HttpRequest
from django.urls import reverse

from assay.accounts.models import Member
from assay.accounts.rules import may_administer, may_audit, may_recruit
from assay.items.rules import may_browse

AREA_OF = {
    "shortlist": "roles", "board": "roles", "pool": "roles", "kits": "roles",
    "portfolios": "roles", "ledger": "people", "families": "knowledge",
}  # fmt: skip
"""Areas without an entry of their own in the navigation, and where they are found in it."""


class NavItem(dict[str, object]):
    """One entry of the main navigation: ``label``, ``url``, ``area``."""


def shell(request: HttpRequest) -> dict[str, object]:
    """Yield the member, the organisation and the navigation that fits their part in it."""
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return {"member": None, "navigation": []}
    match = request.resolver_match
    return {
        "member": member,
        "organisation": member.organisation,
        "navigation": navigation_of(member),
        "may_recruit": may_recruit(member),
        "area": AREA_OF.get(match.namespace, match.namespace) if match else "",
    }


def navigation_of(member: Member) -> list[NavItem]:
    """Yield the areas that a member can enter, in the order of the work."""
    org = member.organisation.slug
    items = [NavItem(label="Roles", url=reverse("roles:list", args=[org]), area="roles")]
    if may_recruit(member):
        items += [
            NavItem(label="People", url=reverse("people:list", args=[org]), area="people"),
            NavItem(label="Import", url=reverse("imports:list", args=[org]), area="imports"),
            NavItem(label="Duplicates", url=reverse("duplicates:list", args=[org]), area="duplicates"),
        ]
    items.append(NavItem(label="Interviews", url=reverse("interviews:list", args=[org]), area="interviews"))
    items.append(NavItem(label="Decisions", url=reverse("decisions:mine", args=[org]), area="decisions"))
    if may_browse(member):
        items += [
            NavItem(label="Assessments", url=reverse("assessments:list", args=[org]), area="assessments"),
            NavItem(label="Knowledge tests", url=reverse("knowledge:list", args=[org]), area="knowledge"),
            NavItem(label="Bank of tasks", url=reverse("bank:list", args=[org]), area="bank"),
        ]
    items.append(NavItem(label="Competencies", url=reverse("competencies:list", args=[org]), area="competencies"))
    items.append(NavItem(label="Tasks", url=reverse("tasks:mine", args=[org]), area="tasks"))
    if may_audit(member):
        items.append(NavItem(label="Audit trail", url=reverse("trail:list", args=[org]), area="trail"))
    if may_administer(member):
        items.append(NavItem(label="Settings", url=reverse("settings:members", args=[org]), area="settings"))
    return items
