"""One row a human."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from assay.accounts.models import Member, Organisation
from assay.core.ids import new_ref
from assay.people.choices import ContactKind, PairState


class Person(models.Model):
    """A human whom an organisation knows. After a merge the other row points here and is shown no more."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(max_length=200, blank=True)
    headline = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged_rows")
    profile = models.JSONField(default=dict)
    """What is shown of the person: the reader's fields under a person's corrections (`evidence.profile`)."""
    stated = models.JSONField(default=dict)
    """What the person stated of permit, place, remote work, languages, availability and pay; never inferred."""

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-created_at"]),
            models.Index(fields=["organisation", "name"]),
        ]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name or "Name not read"


class Contact(models.Model):
    """An address, number or link, and its normal form for finding the same person twice."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    value = models.CharField(max_length=300)
    normal = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "normal"], name="contact_once")]
        indexes = [models.Index(fields=["kind", "normal"])]


class Fingerprint(models.Model):
    """MinHash band keys over word 3-grams of a person's documents: how edited copies are found."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="fingerprints")
    document_ref = models.CharField(max_length=12)
    bands = models.JSONField()
    """List of 64-bit band keys as hexadecimal strings."""

    class Meta:
        indexes = [GinIndex(fields=["bands"], opclasses=["jsonb_path_ops"], name="fingerprint_bands")]


class DuplicatePair(models.Model):
    """Two rows that may be one human, with the reasons. Only a person merges."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="duplicate_pairs")
    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField()
    """List of {kind, detail}: same e-mail, same phone, shared text with its containment."""
    state = models.CharField(max_length=10, choices=PairState.choices, default=PairState.OPEN)
    decided_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="pair_is_ordered"),
        ]
