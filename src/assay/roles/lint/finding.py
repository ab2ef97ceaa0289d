"""The form of a finding, and the sources that findings name."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from assay.competencies.catalogue import Catalogue
from assay.roles.profile import RoleProfile


class Severity(StrEnum):
    """How much it matters."""

    WARNING = "warning"
    ADVICE = "advice"


class Finding(NamedTuple):
    """One thing to think about."""

    code: str
    severity: Severity
    message: str
    reason: str
    source: str
    start: int | None = None
    end: int | None = None
    """The span in the ad's text, both None where no words are meant."""


class LintInput(NamedTuple):
    """Everything that a check may look at."""

    profile: RoleProfile
    ad_text: str
    catalogue: Catalogue
    today: date


SACKETT = "Sackett, Zhang, Berry & Lievens 2022, doi:10.1037/apl0000994"
GUIDE = "Hiring guide for ML engineers, Expertshub.ai, March 2026"
GAUCHER = "Gaucher, Friesen & Kay 2011, doi:10.1037/a0022530"
