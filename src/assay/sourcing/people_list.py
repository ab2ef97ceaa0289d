"""The list of people: search, filters, order, and pages by key rather than by count."""

import base64
import binascii
from datetime import datetime
from typing import NamedTuple

import msgspec
from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from assay.accounts.models import Member
from assay.applications.choices import ApplicationState
from assay.applications.models import Application
from assay.people.contacts import folded
from assay.people.models import Person
from assay.people.selectors import people_visible_to
from assay.roles.selectors import roles_visible_to

PAGE_SIZE = 50
NEWEST, BY_NAME = "newest", "name"
ORDERS = (NEWEST, BY_NAME)
SHOWN = ("ref", "name", "headline", "created_at", "problems", "organisation_id")


class PeopleQuery(NamedTuple):
    """What a member asks of the list. Empty strings ask nothing."""

    text: str = ""
    role_ref: str = ""
    channel: str = ""
    state: str = ""
    has_problems: bool = False
    order: str = NEWEST
    after: str = ""
    is_blind: bool = False
    """Then names and contacts are not searched: what is hidden cannot be asked for."""


class PeoplePage(NamedTuple):
    """Some people with their applications, and where the next page begins."""

    people: list[Person]
    next_after: str
    total: int


def people_page(*, member: Member, query: PeopleQuery, size: int = PAGE_SIZE) -> PeoplePage:
    """Yield one page of the people whom the member may see, in four queries at most."""
    found = _filtered(member=member, query=query)
    roles = roles_visible_to(member=member)
    applications = Application.objects.filter(role__in=roles).select_related("role").order_by("-applied_at", "-pk")
    ordered = _after(_ordered(found, query.order), query).prefetch_related(Prefetch("applications", applications))
    people = list(ordered.only(*SHOWN)[: size + 1])
    more = _key(people[size - 1], query.order) if len(people) > size else ""
    return PeoplePage(people[:size], more, found.count())


def search_words(*, text: str, is_blind: bool) -> SearchQuery | None:
    """Yield the full-text query for what somebody typed: every word must begin a word of the person; None for none."""
    words = [word.replace("\\", " ").replace("'", " ").strip() for word in folded(text).split()]
    words = [word for word in words if any(char.isalnum() for char in word)]
    if not words:
        return None
    weight = "D" if is_blind else ""
    return SearchQuery(" & ".join(f"'{word}':*{weight}" for word in words), search_type="raw", config="simple")


def _filtered(*, member: Member, query: PeopleQuery) -> QuerySet[Person]:
    people = people_visible_to(member=member)
    if (words := search_words(text=query.text, is_blind=query.is_blind)) is not None:
        people = people.filter(search=words)
    if query.has_problems:
        people = people.exclude(problems=[])
    wanted = Q()
    if query.role_ref:
        wanted &= Q(role__in=roles_visible_to(member=member).filter(ref=query.role_ref))
    if query.channel:
        wanted &= Q(channel=query.channel)
    if query.state in ApplicationState.values:
        wanted &= Q(state=query.state)
    if wanted:
        visible = Application.objects.filter(role__in=roles_visible_to(member=member))
        people = people.filter(Exists(visible.filter(wanted, person=OuterRef("pk"))))
    return people


def _ordered(people: QuerySet[Person], order: str) -> QuerySet[Person]:
    return people.order_by("name", "pk") if order == BY_NAME else people.order_by("-created_at", "-pk")


def _after(people: QuerySet[Person], query: PeopleQuery) -> QuerySet[Person]:
    key = _unpacked(query.after)
    if key is None:
        return people
    value, pk = key
    if query.order == BY_NAME:
        return people.filter(Q(name__gt=value) | Q(name=value, pk__gt=pk))
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return people
    return people.filter(created_at__lte=at).filter(Q(created_at__lt=at) | Q(pk__lt=pk))


def _key(person: Person, order: str) -> str:
    value = person.name if order == BY_NAME else person.created_at.isoformat()
    return base64.urlsafe_b64encode(msgspec.json.encode([value, person.pk])).decode().rstrip("=")


class _Key(NamedTuple):
    value: str
    pk: int


def _unpacked(after: str) -> _Key | None:
    """Yield the key of the last person shown; None for none, and for one that somebody made up."""
    try:
        raw = base64.urlsafe_b64decode(after + "=" * (-len(after) % 4))
        return msgspec.json.decode(raw, type=_Key) if after else None
    except (binascii.Error, ValueError, msgspec.DecodeError):
        return None
