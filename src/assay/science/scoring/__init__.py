"""How good predictions are, with intervals, and where a hand-in stands between baseline and reference.

See ``docs/science/work-sample-scores.md``.
"""

from assay.science.scoring.intervals import Comparison, Estimate, compare, estimate
from assay.science.scoring.metrics import METRICS, Metric, metric_named
from assay.science.scoring.placing import placed

__all__ = ["METRICS", "Comparison", "Estimate", "Metric", "compare", "estimate", "metric_named", "placed"]
