"""From a request to the part of a ranking that a page shows."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from assay.applications.choices import ApplicationState
from assay.core.errors import InvalidError
from assay.core.ids import REF_LENGTH
from assay.matching.ranking import Filters, Ranking, ranking_of
from assay.matching.selectors import Matched, matched_role
from assay.matching.sheet import Sheet
from assay.matching.windows import sheet_of_ranking
from assay.roles.models import Role
from assay.roles.selectors import role_with_applicants_visible_to
from assay.web.access import MemberRequest
from assay.web.blind import is_blind
from assay.web.shortlist_rows import Link

PAGE_SIZE = 50
_ANY_REF = "0" * REF_LENGTH
"""No reference, since a reference holds no zero: it marks the place in an address."""


class Listed(NamedTuple):
    """A role with everybody who passes the filters, in order."""

    found: Matched
    ranking: Ranking
    filters: Filters


class Pages(NamedTuple):
    """Where one is in a long list; an empty address where there is nothing further."""

    number: int
    total: int
    earlier: str
    later: str


def role_of(request: MemberRequest, ref: str) -> Role:
    """Yield a role whose applicants the member may see. Raises `NotFoundError` or `ForbiddenError`."""
    role = role_with_applicants_visible_to(member=request.member, ref=ref)
    role.organisation = request.member.organisation
    return role


def listed_or_none(request: MemberRequest, role: Role) -> Listed | None:
    """Yield the ranking that an address asks for; None where the role asks for nothing."""
    found = matched_role(role=role)
    if found is None:
        return None
    filters = filters_from(request)
    return Listed(found, ranking_of(found=found, filters=filters), filters)


def listed(request: MemberRequest, role: Role) -> Listed:
    """Yield the ranking that an address asks for. Raises `InvalidError` where the role asks for nothing."""
    shown = listed_or_none(request, role)
    if shown is None:
        raise InvalidError("This role asks for no competency yet, so nobody can be ranked. Edit its profile first.")
    return shown


def filters_from(request: HttpRequest) -> Filters:
    """Yield the filters of an address; what is none of the choices is left out."""
    query = request.GET
    state = query.get("state", "")
    return Filters(
        place=query.get("place", "").strip()[:80],
        state=state if state in ApplicationState.values else "",
        channel=query.get("channel", "").strip()[:60],
        text=query.get("q", "").strip()[:80],
        has_must_haves_open=query.get("must") == "open",
        is_blind=is_blind(request),
    )


def filters_as_json(filters: Filters) -> dict[str, Any]:
    """Yield the filters that narrow the list, for a snapshot."""
    return {name: value for name, value in filters._asdict().items() if value and name != "is_blind"}


def page_sheet(*, request: HttpRequest, shown: Listed) -> tuple[Sheet, Pages]:
    """Yield the page of the list that an address asks for, the nearest one that exists."""
    count = max(-(-len(shown.ranking) // PAGE_SIZE), 1)
    raw = request.GET.get("page", "1")
    page = min(max(int(raw) if raw.isdecimal() and len(raw) < 6 else 1, 1), count)
    sheet = sheet_of_ranking(
        found=shown.found,
        ranking=shown.ranking,
        first=(page - 1) * PAGE_SIZE,
        count=PAGE_SIZE,
        is_blind=is_blind(request),
    )
    earlier = _with_page(request, page - 1) if page > 1 else ""
    later = _with_page(request, page + 1) if page < count else ""
    return sheet, Pages(page, count, earlier, later)


def person_link(org: str) -> Link:
    """Yield what makes a person's address."""
    return _link("people:person", org)


def words_link(org: str) -> Link:
    """Yield what makes an observation's address."""
    return _link("ledger:observation", org)


def _link(name: str, org: str) -> Link:
    """Yield what puts a reference into an address; a page has hundreds of them, so the pattern is reversed once."""
    before, after = reverse(name, args=[org, _ANY_REF]).split(_ANY_REF)
    return lambda ref: f"{before}{ref}{after}"


def _with_page(request: HttpRequest, page: int) -> str:
    kept = {name: value for name, value in request.GET.items() if name != "page" and value}
    return "?" + urlencode(kept | {"page": str(page)})
