"""A row of any model within one organisation, made from what the model itself says of its fields."""

import itertools
from datetime import UTC, datetime, time

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from assay.accounts.choices import MemberKind
from assay.accounts.models import Member, Organisation, User

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_count = itertools.count(1)


class World:
    """One organisation with at most one row of each model, made when it is asked for."""

    def __init__(self, slug: str) -> None:
        self.organisation = Organisation.objects.create(slug=slug, name=slug.capitalize(), created_at=NOW)
        self.user = User.objects.create_user(email=f"all@{slug}.example", name=f"All of {slug}", created_at=NOW)
        self.member = Member.objects.create(
            organisation=self.organisation, user=self.user, kinds=list(MemberKind), created_at=NOW
        )
        self.rows: dict[type[models.Model], models.Model] = {
            Organisation: self.organisation, User: self.user, Member: self.member,
        }  # fmt: skip

    def row(self, label: str) -> models.Model:
        """Yield the organisation's row of a model, by ``app.Model``."""
        return self.of(apps.get_model(label))

    def of(self, model: type[models.Model]) -> models.Model:
        """Yield the organisation's row of a model."""
        if model not in self.rows:
            self.rows[model] = self._make(model)
        return self.rows[model]

    def _make(self, model: type[models.Model], **given: object) -> models.Model:
        values = dict(SPECIAL.get(model._meta.label_lower, lambda _world: {})(self)) | given
        for field in model._meta.concrete_fields:
            is_given = field.name in values or field.has_default() or isinstance(field, models.AutoField)
            if not (is_given or field.generated):
                value = self._value(field)
                if value is not None:
                    values[field.name] = value
        row = model(**values)
        row.save(force_insert=True)
        return row

    def _value(self, field: models.Field) -> object:
        if isinstance(field, models.ForeignKey):
            if field.null and not field.remote_field.model._meta.label_lower.startswith(("people.", "roles.")):
                return None
            return None if field.remote_field.model is field.model else self.of(field.remote_field.model)
        if field.null or (field.blank and field.empty_strings_allowed):
            return None
        return plain_value(field)


def plain_value(field: models.Field) -> object:
    """Yield something that the field takes, different for each row where it is text."""
    if isinstance(field, ArrayField):
        return [plain_value(field.base_field)]
    if field.choices:
        return field.choices[0][0]
    number = next(_count)
    for kind, value in (
        (models.DateTimeField, NOW),
        (models.DateField, NOW.date()),
        (models.JSONField, {}),
        (models.BinaryField, b"x"),
        (models.BooleanField, False),
        (models.FloatField, 0.5),
        (models.IntegerField, 1),
        (models.EmailField, f"row{number}@example.org"),
    ):
        if isinstance(field, kind):
            return value
    return f"row{number}"[: field.max_length or None]


SPECIAL = {
    "assessments.handin": lambda _world: {"is_late": True},
    "assessments.pulse": lambda world: {"id": world.organisation.pk % 30_000},
    "interviews.hours": lambda _world: {"starts": time(9), "ends": time(17)},
    "items.banktask": lambda world: {"organisation": world.organisation},
    "knowledge.knowledgetest": lambda _world: {"plan": {"areas": [], "minutes": 20}},
    "people.duplicatepair": lambda world: dict(zip(("first", "second"), _two_people(world), strict=True)),
}
"""What a constraint asks for beyond the kinds of the fields."""


def _two_people(world: World) -> list[models.Model]:
    from assay.people.models import Person

    return sorted([world.of(Person), world._make(Person)], key=lambda person: person.pk)
