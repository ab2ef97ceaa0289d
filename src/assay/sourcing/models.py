"""Where people come from."""

from django.db import models

from assay.accounts.models import Member, Organisation
from assay.core.ids import new_ref
from assay.evidence.models import Blob, Document
from assay.people.models import Person
from assay.roles.models import Role
from assay.sourcing.choices import ChannelKind, ImportState, ItemState


class Channel(models.Model):
    """A way in which people reach the organisation: career page, referral, agency, job board, event."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="channels")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=30, choices=ChannelKind.choices, default=ChannelKind.OTHER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="channel_name_unique")]

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """A pile of files that somebody dropped, read in the background."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="imports")
    role = models.ForeignKey(Role, null=True, on_delete=models.SET_NULL, related_name="imports")
    channel = models.ForeignKey(Channel, null=True, on_delete=models.SET_NULL, related_name="imports")
    created_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.RECEIVING)
    finished_at = models.DateTimeField(null=True)


class ImportItem(models.Model):
    """One file of an import. Reading it twice has the effect of reading it once."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="items")
    file_name = models.CharField(max_length=255)
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=ItemState.choices, default=ItemState.WAITING)
    problem = models.CharField(max_length=500, blank=True)
    """Why it could not be read and what to do, as a sentence for people."""
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    """The archive or table that this came out of."""
    attempts = models.PositiveSmallIntegerField(default=0)
    """Counted before each reading, so that a file that takes its reader down is given up at last."""
    document = models.ForeignKey(Document, null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "file_name", "blob"], name="import_item_once")]
        indexes = [models.Index(fields=["batch", "state"])]
        ordering = ["id"]
