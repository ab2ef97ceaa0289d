"""What candidates show, the addresses they say are theirs, and what people thought of it."""

from django.db import models

from assay.accounts.models import Member, Organisation
from assay.applications.models import Application
from assay.core.ids import new_ref
from assay.evidence.models import Blob
from assay.portfolios.choices import WorkKind, WorkState


class Portfolio(models.Model):
    """An applicant's place to show work, behind one signed link."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="portfolio")
    link_number = models.PositiveIntegerField(default=1)
    """Part of what the link signs: a new number makes every earlier link worthless."""
    created_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()


class Address(models.Model):
    """A mail address that a candidate says is theirs."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="addresses")
    email = models.EmailField()
    """In lower case."""
    confirmed_at = models.DateTimeField(null=True)
    """When a link that was mailed to it was opened."""
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["portfolio", "email"], name="address_once")]
        ordering = ["pk"]


class Work(models.Model):
    """One thing that a candidate shows, and what its reading yielded."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="works")
    kind = models.CharField(max_length=8, choices=WorkKind.choices)
    title = models.CharField(max_length=160)
    origin = models.CharField(max_length=500, blank=True)
    """An https address or identifier; of an upload its file name."""
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    said = models.TextField(blank=True)
    """In the candidate's words: which part is theirs, what it was for."""
    state = models.CharField(max_length=10, choices=WorkState.choices)
    report = models.JSONField(null=True)
    """A `repositories.model.Report` as JSON."""
    root = models.CharField(max_length=64, blank=True)
    """First commit of the repository: works that share it grew from one another."""
    refusal = models.CharField(max_length=400, blank=True)
    """Why it could not be read, in words for the candidate."""
    added_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at", "pk"]
        indexes = [models.Index(fields=["root"], name="work_root", condition=~models.Q(root=""))]


class WorkRating(models.Model):
    """What one person thought of a work, before they saw what the machine says of it. Given once."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="ratings")
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    levels = models.JSONField(default=dict)
    """`choices.Aspect` → 1 to 5; an aspect that was left out is not there."""
    words = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "member"], name="work_rated_once")]
        ordering = ["pk"]
