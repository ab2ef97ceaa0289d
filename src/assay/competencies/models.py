"""What an organisation adds to the map that ships with Assay."""

from django.db import models

from assay.accounts.models import Member, Organisation
from assay.core.ids import new_ref


class CustomCompetency(models.Model):
    """A competency of an organisation's own, in the form of `own.Definition`."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="custom_competencies")
    key = models.SlugField(max_length=60)
    """Its id in the map; never changes, since roles and observations name it."""
    definition = models.JSONField()
    """As version ``version`` has it; checked by `checks` before it is stored, and again whenever it is read."""
    version = models.PositiveIntegerField(default=1)
    is_retired = models.BooleanField(default=False)
    """Kept for what refers to it; offered no more, and its words are looked for no more."""
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="custom_competency_unique")]

    def __str__(self) -> str:
        return self.key


class CustomCompetencyVersion(models.Model):
    """What an own competency was at one time. Versions are added, never changed."""

    competency = models.ForeignKey(CustomCompetency, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    is_retired = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    change_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["competency", "number"], name="custom_competency_version_unique")
        ]
        ordering = ["-number"]
