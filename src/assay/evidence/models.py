"""The ledger: documents, immutable observations, and the beliefs that follow from them."""

from django.db import models

from assay.accounts.models import Member, Organisation
from assay.core.ids import new_ref
from assay.evidence.choices import DocumentState, SourceKind
from assay.people.models import Person


class Blob(models.Model):
    """The bytes of a file, once each, in the database: one back-up holds all, one transaction loses nothing."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()
    byte_size = models.PositiveIntegerField()


class Document(models.Model):
    """A file that somebody handed in, and what was read from it."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="documents")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="documents")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=12, choices=DocumentState.choices, default=DocumentState.WAITING)
    problem = models.CharField(max_length=500, blank=True)
    """Why it could not be read, as a sentence for people."""
    text = models.TextField(blank=True)
    """`reading.Document.text`: what all spans point into."""
    reading = models.JSONField(null=True)
    """The `reading.Document` without its text."""
    resume = models.JSONField(null=True)
    """A `reading.Resume`."""
    skills = models.JSONField(null=True)
    """A list of `reading.SkillMention`."""
    reader_version = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "blob"], name="document_once")]
        indexes = [models.Index(fields=["person", "-created_at"])]


class Correction(models.Model):
    """What a person said a field really is. It beats every reader, also later ones."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=120)
    """A path into the profile: ``name``, ``emails``, ``employments`` (a whole entry), ``employments.title``."""
    value = models.JSONField(null=True)
    """The right value; null says that the field should not be there."""
    anchor = models.JSONField(default=dict)
    """A `profile.Anchor`: the words that the correction was made on, so that it outlives any reader."""
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]


class Observation(models.Model):
    """One thing learnt about a person's competency. Never changed (a trigger refuses)."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="observations")
    competency = models.CharField(max_length=60)
    source_kind = models.CharField(max_length=20, choices=SourceKind.choices)
    value = models.FloatField()
    """On the source's own scale: a claim is a level 1 to 5, an answer 0 or 1, a rating 1 to 5."""
    facts = models.JSONField(default=dict)
    """What the measurement model needs besides (event, rater, item parameters) and what a person wants to see."""
    document = models.ForeignKey(Document, null=True, on_delete=models.CASCADE, related_name="observations")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    """The span of the quote in the document's text; both null where the source is no document."""
    observed_date = models.DateField(null=True)
    """When the skill was last shown; what decay is counted from. Null counts as never decayed."""
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "competency"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start__isnull=True, end__isnull=True)
                | models.Q(document__isnull=False, start__lt=models.F("end")),
                name="observation_span_is_whole",
            )
        ]


class Retraction(models.Model):
    """An observation that no longer counts, and why: a new reading, a merge undone, a correction."""

    observation = models.OneToOneField(Observation, on_delete=models.CASCADE, related_name="retraction")
    reason = models.CharField(max_length=200)
    created_at = models.DateTimeField()


class Belief(models.Model):
    """A kept posterior. Always recomputable: a pure function of the observations and the parameter version."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="belief")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    parameters = models.CharField(max_length=80)
    """Version of the source registry and of the competency map."""
    observation_count = models.PositiveIntegerField()
    mean = models.BinaryField()
    """float64 little-endian, one for each competency in the map's order."""
    cov = models.BinaryField()
    """float64 little-endian, the lower triangle row by row."""
    claims = models.BinaryField(default=b"")
    """One byte for each competency in the map's order: 0 for no claim, 1 to 5 for the stances of `claims.Stance`."""
    is_measured = models.BooleanField(default=False)
    """Whether anything but the person's own words stands behind it."""
    computed_at = models.DateTimeField()


class Rereading(models.Model):
    """A walk over the documents that an older reader, or one with other words, has read."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    created_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    target = models.CharField(max_length=80)
    """The ``reader_version`` that a document has when nothing is left to do for it."""
    total = models.PositiveIntegerField()
    read = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    """Documents that could not be read this time; what was read of them before stays."""
    cursor = models.BigIntegerField(default=0)
    """Row number of the last document that was dealt with; the walk goes upwards."""
    attempts = models.PositiveSmallIntegerField(default=0)
    """At the document after the cursor, counted before each, so that one that takes its reader down is passed over."""
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(finished_at=None), name="one_rereading_at_a_time"
            )
        ]
        ordering = ["-created_at", "-pk"]

    @property
    def ended(self) -> int:
        """How many documents need nothing more."""
        return self.read + self.failed
