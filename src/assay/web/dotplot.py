"""The signature picture: a belief as twenty dots over five levels, drawn on the server."""

from collections import defaultdict
from html import escape
from typing import NamedTuple

from scipy.special import ndtri

DOTS = 20
WIDTH, HEIGHT = 200.0, 74.0
BASELINE = 62.0
DOT_STEP, DOT_RADIUS, STACK_STEP = 9.0, 3.5, 8.6
LOW, HIGH = -2.5, 2.5
"""The axis, in standard deviations of the applicant pool; level cuts lie at -1.5, -.5, .5 and 1.5."""


class Dot(NamedTuple):
    """One chance in twenty: where it stands, and whether it lies at or above the bar."""

    x: float
    y: float
    is_at_bar: bool


def x_of(theta: float) -> float:
    """Yield the horizontal place of a value on the axis."""
    return (theta - LOW) / (HIGH - LOW) * WIDTH


def dots_of(*, mean: float, sd: float, bar: float | None) -> list[Dot]:
    """Yield twenty quantile dots of a normal belief, stacked in columns that never straddle the bar."""
    origin = x_of(bar) if bar is not None else 0.0
    stacks: dict[int, int] = defaultdict(int)
    dots = []
    for i in range(DOTS):
        theta = min(max(mean + sd * float(ndtri((i + 0.5) / DOTS)), LOW + 0.06), HIGH - 0.06)
        column = int((x_of(theta) - origin) // DOT_STEP)
        x = origin + column * DOT_STEP + DOT_STEP / 2
        dots.append(Dot(x, BASELINE - 6 - stacks[column] * STACK_STEP, bar is not None and theta >= bar))
        stacks[column] += 1
    return dots


def dot_plot(*, mean: float, sd: float, bar: float | None, label: str, is_measured: bool = True) -> str:
    """Yield the picture as SVG with ``label`` as its text alternative; hatched and without dots where not measured."""
    parts = [
        f'<svg class="dotplot" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" aria-label="{escape(label)}">',
        f'<line class="axis" x1="0" x2="{WIDTH:g}" y1="{BASELINE}" y2="{BASELINE}"/>',
    ]
    parts += [
        f'<line class="axis" x1="{k * WIDTH / 5:g}" x2="{k * WIDTH / 5:g}" y1="{BASELINE - 4}" y2="{BASELINE + 4}"/>'
        for k in range(1, 5)
    ]
    if is_measured:
        parts += [
            f'<circle class="{"dot" if dot.is_at_bar or bar is None else "dot below"}" '
            f'cx="{dot.x:.1f}" cy="{dot.y:.1f}" r="{DOT_RADIUS}"/>'
            for dot in dots_of(mean=mean, sd=sd, bar=bar)
        ]
    else:
        parts.append(f'<rect class="unmeasured" x="0" y="20" width="{WIDTH:g}" height="{BASELINE - 20:g}"/>')
    if bar is not None:
        parts.append(f'<line class="bar" x1="{x_of(bar):.1f}" x2="{x_of(bar):.1f}" y1="4" y2="{HEIGHT - 6:g}"/>')
    return "".join([*parts, "</svg>"])
