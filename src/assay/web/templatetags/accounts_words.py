"""Words for what members do."""

from collections.abc import Iterable

from django import template

from assay.accounts.choices import MemberKind

register = template.Library()


@register.filter
def kind_labels(kinds: Iterable[str]) -> list[str]:
    """Yield the kinds of a member as they are called."""
    return [MemberKind(kind).label for kind in kinds]
