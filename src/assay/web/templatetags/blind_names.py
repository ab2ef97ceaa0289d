"""A person's name, or what stands for it in blind mode."""

from django import template

from assay.people.models import Person
from assay.web.blind import blinded_name

register = template.Library()


@register.simple_tag
def person_name(person: Person, blind: bool) -> str:  # noqa: FBT001 -- a template has no keywords-only calls
    """Yield the name that this page may show."""
    return blinded_name(person) if blind else str(person)
