"""Making an organisation and changing what holds for the whole of it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from assay.accounts.choices import MemberKind
from assay.accounts.models import Member, Organisation, User
from assay.audit.services import record
from assay.core.errors import ConflictError, InvalidError

ANSWER_DAYS_MAX = 120


class SlugTakenError(ConflictError):
    """Another organisation of the installation has this address."""


class BadOrganisationError(InvalidError):
    """The name or the number of days cannot be used."""


@transaction.atomic
def create_organisation(*, name: str, administrator: User, now: datetime, slug: str = "") -> Member:
    """Make an organisation and its first administrator; yield that member.

    ``slug`` stands in every address of the organisation; by default it is made from the name.
    Raises `SlugTakenError` or `BadOrganisationError`.
    """
    name = _checked_name(name)
    slug = slugify(slug or name)[:40].strip("-")
    if not slug:
        message = "Give the organisation an address of letters and digits."
        raise BadOrganisationError(message)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(slug=slug, name=name, created_at=now)
    except IntegrityError as error:
        message = f"The address “{slug}” is taken. Choose another."
        raise SlugTakenError(message, slug=slug) from error
    member = Member.objects.create(
        organisation=organisation, user=administrator, kinds=[MemberKind.ADMINISTRATOR], created_at=now
    )
    _record(organisation, kind="organisation.created", by=member, now=now, facts={"name": name})
    return member


@transaction.atomic
def change_organisation(
    *, by: Member, name: str, answer_within_days: int, requires_second_factor: bool, now: datetime
) -> Organisation:
    """Change what holds for the whole organisation; record what changed, and nothing where nothing did."""
    organisation = Organisation.objects.select_for_update().get(pk=by.organisation_id)
    if not 1 <= answer_within_days <= ANSWER_DAYS_MAX:
        message = f"An answer within 1 to {ANSWER_DAYS_MAX} days can be promised, not within {answer_within_days}."
        raise BadOrganisationError(message)
    new = {
        "name": _checked_name(name),
        "answer_within_days": answer_within_days,
        "requires_second_factor": requires_second_factor,
    }
    changed = {field: value for field, value in new.items() if getattr(organisation, field) != value}
    if changed:
        before = {field: getattr(organisation, field) for field in changed}
        for field, value in changed.items():
            setattr(organisation, field, value)
        organisation.save(update_fields=list(changed))
        _record(organisation, kind="organisation.changed", by=by, now=now, facts={"from": before, "to": changed})
    return organisation


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 120:
        message = "Give the organisation a name of 1 to 120 letters."
        raise BadOrganisationError(message)
    return name


def _record(organisation: Organisation, *, kind: str, by: Member, now: datetime, facts: dict[str, object]) -> None:
    record(
        organisation=organisation,
        kind=kind,
        subject_type="organisation",
        subject_ref=organisation.ref,
        member=by,
        now=now,
        facts=facts,
    )
