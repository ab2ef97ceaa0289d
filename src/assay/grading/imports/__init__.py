"""Collections of exercises in known forms become task folders, canonical solution and tests included."""

from assay.grading.imports.collection import Imported, read_collection

__all__ = ["Imported", "read_collection"]
