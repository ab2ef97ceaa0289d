"""Where a hand-in stands between the baseline and the reference solution."""

from assay.science.errors import ScienceError


def placed(*, value: float, baseline: float, reference: float) -> float:
    """Yield ``(value - baseline) / (reference - baseline)``, clipped to 0..1.25; works whichever way the metric runs.

    The room above 1 lets a hand-in that beats the reference say so; more than a quarter above it says more about the
    task than about the person.

    Raises
    ------
    ScienceError
        Baseline and reference are alike: the task separates nobody.
    """
    if reference == baseline:
        raise ScienceError("baseline and reference score alike: the task cannot place anybody")
    return min(max((value - baseline) / (reference - baseline), 0.0), 1.25)
