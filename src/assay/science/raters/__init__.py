"""Interviewers as instruments: severity, spread and halo, with intervals. See ``docs/science/raters.md``."""

from assay.science.raters.report import MIN_INTERVIEWS, RaterReport, halo_index, needs_calibration, rater_reports
from assay.science.raters.severity import SeverityModel, fit_severity

__all__ = [
    "MIN_INTERVIEWS",
    "RaterReport",
    "SeverityModel",
    "fit_severity",
    "halo_index",
    "needs_calibration",
    "rater_reports",
]
