"""Several candidates of one role side by side, and who cannot be told apart."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from assay.applications.models import Application
from assay.decisions.packet import CompetencyLine, competency_lines
from assay.decisions.weighing import weighed
from assay.roles.models import Role
from assay.roles.selectors import with_current_version
from assay.science.belief import Fit, brackets_of_moments

MOST = 5


class Side(NamedTuple):
    """One candidate; ``fit`` is None where the role asks for nothing that the map holds."""

    application: Application
    fit: Fit | None
    lines: tuple[CompetencyLine, ...]


class Comparison(NamedTuple):
    """Candidates, the best supported first, and stretches (0-based, both ends in) inside which nobody is separated."""

    sides: tuple[Side, ...]
    brackets: tuple[tuple[int, int], ...]


def comparison_of(*, role: Role, applications: Sequence[Application]) -> Comparison:
    """Yield candidates side by side. Three queries a candidate."""
    profile = with_current_version(role=role).profile
    sides = []
    for application in applications[:MOST]:
        found = weighed(application=application, profile=profile)
        sides.append(Side(application, found.fit, competency_lines(application=application, found=found)))
    sides.sort(key=lambda side: (-(side.fit.mean if side.fit else 0.0), side.application.pk))
    fits = [side.fit for side in sides if side.fit is not None]
    spans = brackets_of_moments(means=np.array([fit.mean for fit in fits]), sds=np.array([fit.sd for fit in fits]))
    return Comparison(tuple(sides), tuple((span.first, span.last) for span in spans))
