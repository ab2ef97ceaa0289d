"""What this package and the applications keep of a person, for merges and erasures."""

from django.db.models import Exists, OuterRef

from assay.applications.models import Application, Note, Task
from assay.core.personal_data import Moved
from assay.evidence.models import Blob, Document
from assay.sourcing.models import ImportItem

ERASED = "erased"


class SourcingHolder:
    """Files of imports, the bytes that nobody needs any more, and applications."""

    name = "sourcing"

    def move(self, *, source_id: int, target_id: int) -> Moved:
        """Hand over files and applications.

        Where both applied to one role, the kept row's application stands and takes the other's notes and tasks; the
        other stays with the row that is shown no more.
        """
        items = ImportItem.objects.filter(person_id=source_id)
        moved = {"item": list(items.values_list("pk", flat=True))}
        items.update(person_id=target_id)
        standing = dict(Application.objects.filter(person_id=target_id).values_list("role_id", "pk"))
        both = Application.objects.filter(person_id=source_id, role__in=standing)
        for application in both:
            kept = standing[application.role_id]
            for table, rows in (("note", Note.objects), ("task", Task.objects)):
                own = rows.filter(application=application)
                moved[f"{table}-{application.pk}"] = list(own.values_list("pk", flat=True))
                own.update(application_id=kept)
        alone = Application.objects.filter(person_id=source_id).exclude(role__in=standing)
        moved["application"] = list(alone.values_list("pk", flat=True))
        alone.update(person_id=target_id)
        return moved

    def give_back(self, *, moved: Moved, source_id: int) -> None:
        """Return what `move` took."""
        ImportItem.objects.filter(pk__in=moved.get("item", [])).update(person_id=source_id)
        Application.objects.filter(pk__in=moved.get("application", [])).update(person_id=source_id)
        for key, ids in moved.items():
            table, _, application = key.partition("-")
            if application:
                rows = Note.objects if table == "note" else Task.objects
                rows.filter(pk__in=ids).update(application_id=int(application))

    def erase(self, *, person_id: int) -> None:
        """Blank the files' names and drop bytes that no document and no file of an import points at.

        An archive or a table out of which the person's file came holds it too; its other files have bytes of their own.
        """
        items = ImportItem.objects.filter(person_id=person_id)
        ImportItem.objects.filter(pk__in=items.values("parent")).update(file_name=ERASED, blob=None)
        items.update(file_name=ERASED, blob=None, problem="", document=None, person=None)
        documents = Document.objects.filter(blob=OuterRef("pk"))
        files = ImportItem.objects.filter(blob=OuterRef("pk"))
        Blob.objects.filter(~Exists(documents), ~Exists(files)).delete()
