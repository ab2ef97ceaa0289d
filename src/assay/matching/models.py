"""Shortlists as snapshots."""

from django.db import models

from assay.accounts.models import Member, Organisation
from assay.core.ids import new_ref
from assay.roles.models import Role, RoleVersion


class Shortlist(models.Model):
    """What a ranking looked like at one time, and with which parameters it was made. Never changed."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="shortlists")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="shortlists")
    role_version = models.ForeignKey(RoleVersion, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    created_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    parameters = models.JSONField()
    """Versions of the map, the sources and the reader; filters; whether it was blind."""
    result = models.JSONField()
    """People in order with fit, must-haves and reasons, as they stood."""

    class Meta:
        ordering = ["-created_at"]
