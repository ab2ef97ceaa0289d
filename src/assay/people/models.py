"""One row a human."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from assay.accounts.models import Member, Organisation
from assay.core.ids import new_ref
from assay.people.choices import ContactKind, PairState, Problem


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
    profile_document = models.CharField(max_length=12, blank=True)
    """Reference of the document that the profile is read from; blank means the newest one."""
    name_key = models.CharField(max_length=200, blank=True)
    """The name's words, folded and sorted: finds the same name written otherwise."""
    search = SearchVectorField(null=True)
    """Weight A: what blind mode hides (name, contacts, places, schools); weight D: all other words."""
    problems = ArrayField(models.CharField(max_length=20), default=list)
    """Codes of what a recruiter should look at (`choices.Problem`)."""
    stated = models.JSONField(default=dict)
    """What the person stated of permit, place, remote work, languages, availability and pay; never inferred."""

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-created_at"]),
            models.Index(fields=["organisation", "name", "id"]),
            models.Index(fields=["organisation", "name_key"]),
            GinIndex(fields=["search"], name="person_search"),
        ]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name or "Name not read"

    @property
    def problem_labels(self) -> list[str]:
        """What a recruiter should look at, in words."""
        return [Problem(code).label for code in self.problems]


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
    document_ref = models.CharField(max_length=12, unique=True)
    bands = ArrayField(models.BigIntegerField())
    """`duplicates.band_keys`; two documents that share one are compared."""

    class Meta:
        indexes = [GinIndex(fields=["bands"], name="fingerprint_bands")]


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


class Merge(models.Model):
    """Two rows that a person made one: who, what was chosen, and all that moved, so that it can be undone."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges")
    merged = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    pair = models.ForeignKey(DuplicatePair, null=True, on_delete=models.SET_NULL, related_name="+")
    moved = models.JSONField()
    """Holder → table → primary keys that changed hands."""
    before = models.JSONField()
    """The kept row's own fields before the merge."""
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
