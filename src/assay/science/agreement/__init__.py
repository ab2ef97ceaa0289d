"""How far raters agree: Krippendorff's alpha and the intraclass correlations. See ``docs/science/raters.md``."""

from assay.science.agreement.alpha import Scale, alpha_interval, krippendorff_alpha
from assay.science.agreement.intraclass import Intraclass, MeanSquares, intraclass, mean_squares

__all__ = [
    "Intraclass",
    "MeanSquares",
    "Scale",
    "alpha_interval",
    "intraclass",
    "krippendorff_alpha",
    "mean_squares",
]
