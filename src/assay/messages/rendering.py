"""From a template to the three parts of a mail.

A template is ``templates/messages/<name>.txt``: its first line is the subject, the rest the words. The HTML part is
made from the same words, so the two can never say different things.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.template.loader import render_to_string


class Words(NamedTuple):
    """A mail's content."""

    subject: str
    text: str
    html: str


def render_mail(*, template: str, context: Mapping[str, object]) -> Words:
    """Render a template of this site."""
    source = render_to_string(f"messages/{template}.txt", dict(context))
    subject, _, text = source.strip().partition("\n")
    return words_of(subject=subject, text=text)


def words_of(*, subject: str, text: str) -> Words:
    """Yield the parts of a mail from its subject and its plain words."""
    subject = " ".join(subject.split())[:200]  # a line break would begin a new header
    text = text.strip() + "\n"
    html = render_to_string("messages/layout.html", {"subject": subject, "paragraphs": text.strip().split("\n\n")})
    return Words(subject, text, html)
