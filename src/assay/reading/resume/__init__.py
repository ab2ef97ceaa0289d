"""Document to résumé: names, contacts, sections, entries, each with the words behind it."""

from assay.reading.resume.json_export import to_json_resume
from assay.reading.resume.json_import import ImportedResume, from_json_resume
from assay.reading.resume.reader import read_resume

__all__ = ["ImportedResume", "from_json_resume", "read_resume", "to_json_resume"]
