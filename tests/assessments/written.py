"""The template's task with a text that people rate."""

from assay.grading.template import TEMPLATE

ANCHORS = ["Says nothing", "Says what", "Says how", "Says why", "Says why, and where it ends"]
KEY = "notes.md:communication"
_WRITTEN = f"""
written:
  - file: notes.md
    about: Explains the solution
    competency: communication
    anchors: [{", ".join(f'"{one}"' for one in ANCHORS)}]
"""
WITH_TEXT = TEMPLATE | {
    "task.yaml": TEMPLATE["task.yaml"] + _WRITTEN.encode(),
    "starter/notes.md": b"",
    "reference/notes.md": b"It adds as it goes.\n",
}
