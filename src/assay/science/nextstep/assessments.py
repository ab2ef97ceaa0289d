"""Assessments as normal measurements, from the same numbers as the ledger's sources."""

from collections.abc import Sequence

import numpy as np

from assay.science.arrays import FloatArray
from assay.science.belief.parameters import Parameters
from assay.science.errors import ScienceError
from assay.science.nextstep.value import Assessment


def interview(
    *,
    name: str,
    competencies: Sequence[int],
    size: int,
    parameters: Parameters,
    candidate_min: float,
    staff_min: float,
    is_structured: bool = True,
) -> Assessment:
    """Yield an interview that rates each competency once; ``size`` is K.

    The rating's cuts are taken as rounding: they add ``cut_scale^2 / 12`` to each variance. Impression, halo and
    severity are shared by all ratings of the interview.
    """
    sources = parameters.sources
    numbers = sources.structured_interview if is_structured else sources.unstructured_interview
    shared = numbers.impression_sd**2 + numbers.halo_sd**2 + numbers.severity_sd**2
    count = len(competencies)
    noise = np.full((count, count), shared) + np.eye(count) * (numbers.noise_sd**2 + numbers.cut_scale**2 / 12.0)
    loadings = _unit_rows(competencies=competencies, size=size)
    return Assessment(name=name, loadings=loadings, noise=noise, candidate_min=candidate_min, staff_min=staff_min)


def work_sample(
    *,
    name: str,
    competencies: Sequence[int],
    size: int,
    parameters: Parameters,
    candidate_min: float,
    staff_min: float,
) -> Assessment:
    """Yield a work sample with one metric for each competency; ``size`` is K."""
    numbers = parameters.sources.work_sample
    own = (1.0 - numbers.reliability) / numbers.reliability - numbers.event_sd**2
    count = len(competencies)
    noise = np.full((count, count), numbers.event_sd**2) + own * np.eye(count)
    loadings = _unit_rows(competencies=competencies, size=size)
    return Assessment(name=name, loadings=loadings, noise=noise, candidate_min=candidate_min, staff_min=staff_min)


def knowledge_test(
    *, name: str, competencies: Sequence[int], size: int, target_sd: float, minutes: float
) -> Assessment:
    """Yield an adaptive test that ends at posterior sd ``target_sd`` (0 to 1, of a N(0, 1) ability) in each competency.

    Its normal stand-in has the information ``1 / target_sd^2 - 1`` for each competency.
    """
    if not 0.0 < target_sd < 1.0:
        raise ScienceError("the target sd of a test lies between 0 and 1")
    noise = np.eye(len(competencies)) / (target_sd**-2 - 1.0)
    loadings = _unit_rows(competencies=competencies, size=size)
    return Assessment(name=name, loadings=loadings, noise=noise, candidate_min=minutes, staff_min=0.0)


def _unit_rows(*, competencies: Sequence[int], size: int) -> FloatArray:
    if not competencies or len(set(competencies)) != len(competencies):
        raise ScienceError("an assessment looks at one or more different competencies")
    if min(competencies) < 0 or max(competencies) >= size:
        raise ScienceError(f"a competency lies outside 0..{size - 1}")
    rows: FloatArray = np.eye(size)[list(competencies)]
    return rows
