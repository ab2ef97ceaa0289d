"""What an organisation adds to the map that ships with Assay."""

from django.db import models

from assay.accounts.models import Organisation


class CustomCompetency(models.Model):
    """A competency of an organisation's own, in the form of the shipped map's entries."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="custom_competencies")
    key = models.SlugField(max_length=60)
    definition = models.JSONField()
    """As one entry of content/competencies; checked by `competencies.catalogue` before it is stored."""
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="custom_competency_unique")]
