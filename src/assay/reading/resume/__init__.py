"""Document to résumé: names, contacts, sections, entries, each with the words behind it."""

from assay.reading.resume.reader import read_resume

__all__ = ["read_resume"]
