"""Tasks in the bank."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from assay.accounts.models import Member, Organisation
from assay.core.ids import new_ref
from assay.items.choices import VariantState, VersionState


class BankTask(models.Model):
    """An exercise or a work sample under one name; what it consists of lies in its versions."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="bank_tasks")
    """Null for what ships with Assay, which every organisation may use."""
    slug = models.SlugField(max_length=80)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="bank_task_named_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.slug


class TaskVersion(models.Model):
    """A task as it stood at one time. Versions are added, never changed."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    task = models.ForeignKey(BankTask, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    """sha256 over every file of the folder."""
    family = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    summary = models.TextField()
    runtime = models.CharField(max_length=40)
    generator = models.CharField(max_length=40)
    minutes = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    loadings = models.JSONField()
    """Competency → how strongly the task shows it, 0 to 1."""
    kinds = ArrayField(models.CharField(max_length=40))
    is_practice = models.BooleanField(default=False)
    files = models.BinaryField()
    """The whole folder, compressed (`items.folders`)."""
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.PROVING)
    proof = models.JSONField(default=list)
    """``[{"what": …, "is_met": …, "detail": …}]``: everything that was tried."""
    created_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "digest"], name="task_version_once"),
            models.UniqueConstraint(fields=["task", "number"], name="task_version_number"),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.title


class Variant(models.Model):
    """What a version's generator made for one seed, with every expected value. Nothing of it is ever shown."""

    version = models.ForeignKey(TaskVersion, on_delete=models.CASCADE, related_name="variants")
    seed = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VariantState.choices, default=VariantState.PREPARING)
    hidden = models.BinaryField(null=True)
    """A compressed `grading.model.Hidden`."""
    given = models.BinaryField(null=True)
    """The compressed files made for this seed that the candidate does get."""
    problem = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "seed"], name="variant_once"),
            models.CheckConstraint(
                condition=~models.Q(state=VariantState.READY) | models.Q(hidden__isnull=False), name="ready_is_prepared"
            ),
        ]
