"""Tags that more than one area uses."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from assay.web.dotplot import dot_plot

register = template.Library()


@register.simple_tag(name="dotplot")
def dotplot_tag(
    mean: float, sd: float, bar: float | None = None, label: str = "", *, measured: bool = True
) -> SafeString:
    """Draw a belief; see `web.dotplot`."""
    svg = dot_plot(mean=mean, sd=sd, bar=bar, label=label, is_measured=measured)
    return mark_safe(svg)  # noqa: S308 -- built from numbers and an escaped label


@register.filter
def spaced(word: str) -> str:
    """Yield a name of ours as words: "data_preparation" as "data preparation"."""
    return word.replace("_", " ")


@register.filter
def in_twenty(probability: float) -> int:
    """Yield a probability as chances in twenty, never 0 or 20 for what is not certain."""
    return min(max(round(probability * 20), 1), 19)
