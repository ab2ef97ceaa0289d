"""Which competencies a résumé names, where, how deeply and how recently."""

from assay.reading.skills.reader import read_skills

__all__ = ["read_skills"]
