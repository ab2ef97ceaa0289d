"""Organisations never see each other: tried on every address, every selector and every model, whoever adds one."""

import importlib
import inspect
import pkgutil
import re

import pytest
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import QuerySet
from django.http import Http404
from django.urls import URLPattern, URLResolver, get_resolver

import assay
from assay.accounts.models import Organisation
from assay.core.errors import NotFoundError
from tests.worlds import World

OBJECTS = {
    "role": "roles.Role",
    "application": "applications.Application",
    "task": "applications.Task",
    "person": "people.Person",
    "document": "evidence.Document",
    "observation": "evidence.Observation",
    "batch": "sourcing.Import",
    "import": "sourcing.Import",
    "item": "sourcing.ImportItem",
    "channel": "sourcing.Channel",
    "pair": "people.DuplicatePair",
    "merge": "people.Merge",
    "shortlist": "matching.Shortlist",
    "shortlist:ref": "matching.Shortlist",
    "people:ref": "people.Person",
    "people:undo:pk": "evidence.Correction",
    "imports:ref": "sourcing.Import",
    "imports:channel:ref": "sourcing.Channel",
    "duplicates:ref": "people.DuplicatePair",
    "duplicates:undo:ref": "people.Merge",
    "ledger:ref": "people.Person",
    "ledger:observation:ref": "evidence.Observation",
    "member": "accounts.Member",
    "invitation": "accounts.Invitation",
    "check": "audit.Check",
    "own": "competencies.CustomCompetency",
    "version": "items.TaskVersion",
    "sitting": "assessments.Sitting",
    "attempt": "assessments.Attempt",
    "hand_in": "assessments.HandIn",
    "wish": "assessments.Wish",
    "regrade": "assessments.Regrade",
    "knowledge_test": "knowledge.KnowledgeTest",
    "taking": "knowledge.Taking",
    "kit": "interviews.Kit",
    "interview": "interviews.Interview",
    "work": "portfolios.Work",
    "rights_request": "decisions.RightsRequest",
}
"""What a part of an address stands for: the model whose reference it is, by the name of the part, of the area and the
part, or of the whole address and the part."""

HARMLESS = {
    "number": 1, "page": 1, "form": "csv", "competency": "python", "template": "ml_engineer", "domain": "python",
    "family": "late-binding",
}  # fmt: skip
"""Parts of an address that name nothing of an organisation on their own, and a value for each."""

OPEN = {"healthz", "readyz", "metrics", "start", "sign_in_link", "invitation", "kept_mail", "<closed>"}
OPEN_PREFIXES = (
    "account",
    "runner:",
    "sitting:",
    "interview:",
    "status:",
    "taking:",
    "work:",
    "mfa_",
    "socialaccount_",
    "openid_connect_",
    "new_organisation",
    "<library>",
)
"""Addresses outside any organisation: they show nothing of one, or only what the visitor's own account may."""

WITHOUT_ORGANISATION = {
    "accounts.User": "one account may be a member of several organisations",
    "accounts.SignInLink": "belongs to an account",
    "evidence.Blob": "bytes by their hash; reached through documents only",
    "outbox.Mail": "may concern an account and no organisation; shown in development only",
    "sandbox.Machine": "a runner works for the whole installation and shows nothing to members",
    "sandbox.Run": "reached by runners with a token, and by what asked for it",
    "items.BankTask": "what ships with Assay belongs to no organisation; its own ones name theirs",
    "items.TaskVersion": "as items.BankTask",
    "items.Variant": "as items.BankTask; never shown",
    "knowledge.Estimate": "how hard a question is; made from answers without anybody's name",
    "assessments.Pulse": "the last sign of life of the installation",
    "assessments.Outage": "when the installation was silent",
}

WAYS = {"items.BankTask": "organisation", "items.TaskVersion": "task__organisation"}
"""The way to the organisation of what may belong to none."""


class Address:
    """One registered address: its name and the parts it takes."""

    def __init__(self, name: str, parts: tuple[str, ...], route: str) -> None:
        self.name, self.parts, self.route = name, parts, route

    def __repr__(self) -> str:
        return self.name or self.route


def addresses(resolver: URLResolver, namespace: str = "", prefix: str = "", taken: tuple[str, ...] = ()):
    """Yield every address under a resolver."""
    for entry in resolver.url_patterns:
        parts = (*taken, *(part for part in entry.pattern.converters if part not in taken))
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = ":".join(filter(None, [namespace, entry.namespace or ""]))
            yield from addresses(entry, inner, route, parts)
        elif isinstance(entry, URLPattern):
            fallback = "<closed>" if getattr(entry.callback, "__name__", "") == "closed" else ""
            fallback = fallback or ("<library>" if route.startswith("accounts/") else "")
            yield Address(":".join(filter(None, [namespace, entry.name or fallback])), parts, route)


ALL = list(addresses(get_resolver()))
WITHIN = [address for address in ALL if "org" in address.parts]
WITH_OBJECTS = [address for address in WITHIN if set(address.parts) - {"org"} - set(HARMLESS)]


def label_of(address: Address, part: str) -> str | None:
    """Yield the model that a part of an address stands for."""
    area = address.name.split(":")[0]
    return OBJECTS.get(f"{address.name}:{part}") or OBJECTS.get(f"{area}:{part}") or OBJECTS.get(part)


def value_of(world: World, address: Address, part: str) -> object:
    if part in HARMLESS:
        return HARMLESS[part]
    row = world.row(label_of(address, part))
    return getattr(row, "ref", row.pk)


def path_of(address: Address, *, slug: str, values: dict[str, object]) -> str:
    filled = {"org": slug, **values}
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(filled[part[1]]), address.route)


OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("assay.")]


def whole_world(slug: str) -> World:
    """Yield an organisation with a row of every model."""
    world = World(slug)
    for model in OUR_MODELS:
        world.of(model)
    return world


@pytest.fixture
def own(db):
    return whole_world("northwind")


@pytest.fixture
def foreign(db):
    return whole_world("southwind")


@pytest.fixture
def visitor(own, client):
    client.force_login(own.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.raise_request_exception = False  # a page may fault on bare rows: what counts here is what it gives away
    return client


def test_every_part_of_every_address_is_classified():
    unknown = {
        f"{address} <{part}>"
        for address in WITHIN
        for part in address.parts
        if part != "org" and part not in HARMLESS and label_of(address, part) is None
    }
    assert unknown == set(), "say in OBJECTS which model the part stands for, so that isolation is tried on it"


def test_every_address_outside_organisations_is_classified():
    unknown = {
        repr(address)
        for address in ALL
        if "org" not in address.parts and address.name not in OPEN and not address.name.startswith(OPEN_PREFIXES)
    }
    assert unknown == set(), "an address that shows an organisation's things begins with o/<slug:org>/"


@pytest.mark.parametrize("address", WITHIN, ids=repr)
def test_address_asks_for_sign_in(address, own, client):
    values = {part: value_of(own, address, part) for part in address.parts if part != "org"}
    path = path_of(address, slug="northwind", values=values)
    answers = [client.get(path), client.post(path)]
    statuses = {answer.status_code for answer in answers}
    assert statuses <= {302, 405}
    assert {answer["Location"].split("?")[0] for answer in answers if answer.status_code == 302} == {"/accounts/login/"}


@pytest.mark.parametrize("address", WITHIN, ids=repr)
def test_address_of_another_organisation_does_not_exist(address, own, foreign, visitor):
    values = {part: value_of(foreign, address, part) for part in address.parts if part != "org"}
    assert_missing(visitor, path_of(address, slug="southwind", values=values))


@pytest.mark.parametrize("address", WITH_OBJECTS, ids=repr)
def test_foreign_object_under_the_own_address_does_not_exist(address, own, foreign, visitor):
    parts = [part for part in address.parts if part != "org" and part not in HARMLESS]
    mine = {part: value_of(own, address, part) for part in address.parts if part != "org"}
    theirs = {part: value_of(foreign, address, part) for part in parts}
    assert is_there(visitor, path_of(address, slug="northwind", values=mine)), "the test's own row does not count here"
    for mix in [theirs, *({part: theirs[part]} for part in parts)]:
        assert_missing(visitor, path_of(address, slug="northwind", values=mine | mix))


def is_there(client, path: str) -> bool:
    status = client.get(path).status_code
    return (client.post(path).status_code if status == 405 else status) != 404


def assert_missing(client, path: str) -> None:
    statuses = {client.get(path).status_code, client.post(path).status_code}
    assert statuses <= {404, 405}, path
    assert 404 in statuses, path


def path_to_organisation(model: type[models.Model], seen: frozenset = frozenset()) -> str | None:
    """Yield the way from a row to its organisation over foreign keys that are never empty, as a lookup."""
    if model is Organisation:
        return "pk"
    keys = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey) and not field.null]
    for key in sorted(keys, key=lambda key: key.remote_field.model is not Organisation):
        target = key.remote_field.model
        if target is Organisation:
            return key.name
        if target not in seen and (rest := path_to_organisation(target, seen | {model})) is not None:
            return f"{key.name}__{rest}"
    return None


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_row_belongs_to_one_organisation(model):
    if model._meta.label in WITHOUT_ORGANISATION:
        assert path_to_organisation(model) is None
    else:
        assert path_to_organisation(model) is not None


def scoped_selectors():
    """Yield every ``…_visible_to`` of every package's selectors."""
    for package in pkgutil.iter_modules(assay.__path__, "assay."):
        try:
            module = importlib.import_module(f"{package.name}.selectors")
        except ModuleNotFoundError as error:
            if error.name != f"{package.name}.selectors" and package.ispkg:
                raise
            continue
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.endswith("_visible_to") and function.__module__ == module.__name__:
                yield pytest.param(function, id=f"{package.name}.{name}")


def thing_of(name: str) -> str | None:
    """Yield the entry of OBJECTS that a name begins with: ``role`` of ``role_ref`` and of ``role_visible_to``."""
    return max((thing for thing in OBJECTS if f"{name}_".startswith(f"{thing}_")), key=len, default=None)


@pytest.mark.parametrize("selector", list(scoped_selectors()))
def test_selector_yields_nothing_of_another_organisation(selector, own, foreign):
    needed = [
        name
        for name, parameter in inspect.signature(selector).parameters.items()
        if parameter.default is parameter.empty and name != "member"
    ]
    things = {name: thing_of(selector.__name__ if name == "ref" else name) for name in needed}
    unknown = {name for name, thing in things.items() if thing is None}
    assert unknown == set(), "say in OBJECTS which model the argument is, so that isolation is tried on it"
    rows = {name: foreign.row(OBJECTS[thing]) for name, thing in things.items()}
    arguments = {name: row.ref if name.endswith("ref") else row for name, row in rows.items()}
    try:
        found = selector(member=own.member, **arguments)
        rows = list(found) if isinstance(found, QuerySet | list | tuple) else [found]
    except (NotFoundError, ObjectDoesNotExist, Http404):
        return
    for row in rows:
        if isinstance(row, models.Model):
            way = WAYS.get(row._meta.label) or path_to_organisation(type(row))
            assert type(row).objects.filter(pk=row.pk, **{way: own.organisation}).exists()
        else:
            assert not row
