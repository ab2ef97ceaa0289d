"""A fit in words."""

from django import template

from assay.matching.roles_for import RoleFit
from assay.web.shortlist_rows import fit_words as words_of_fit

register = template.Library()


@register.simple_tag
def fit_words(role: RoleFit) -> str:
    """Yield how a person fits a role, in words."""
    return words_of_fit(fit=role.fit, is_measured=role.is_measured)
