"""The evidence ledger's mathematics: what is believed of a person, and how well that fits a role.

``docs/science/belief.md`` gives the model, its sources and where it fails.
"""

from assay.science.belief.claims import ClaimTable, PoolBelief, PoolFits, claims_fits, claims_posteriors
from assay.science.belief.firstlook import FirstLook, first_look_fits, first_look_for
from assay.science.belief.fit import (
    Bracket,
    Fit,
    Interval,
    bar_of,
    brackets,
    brackets_of_moments,
    fit_contributions,
    fit_direction,
    fit_from_moments,
    p_ahead,
    p_must_haves,
    role_fit,
)
from assay.science.belief.levels import (
    LEVEL_CUTS,
    DotPlot,
    chance_at_least,
    level_chances,
    level_of,
    quantile_dots,
    threshold_of,
)
from assay.science.belief.observations import (
    Claim,
    Experience,
    ItemResponse,
    Observation,
    Portfolio,
    Rating,
    Reference,
    ScoredAnswer,
    SourceKind,
    WorkSample,
    source_kind,
)
from assay.science.belief.parameters import Parameters, RaterParameters, parameters_from_mapping
from assay.science.belief.posterior import (
    Belief,
    Conflict,
    conflicts,
    contributions,
    posterior,
    residuals,
    updated_with_answer,
)
from assay.science.belief.prior import Prior
from assay.science.belief.reestimate import Correlations, reestimated_correlations, with_correlations
from assay.science.errors import ScienceError

__all__ = [
    "LEVEL_CUTS",
    "Belief",
    "Bracket",
    "Claim",
    "ClaimTable",
    "Conflict",
    "Correlations",
    "DotPlot",
    "Experience",
    "FirstLook",
    "Fit",
    "Interval",
    "ItemResponse",
    "Observation",
    "Parameters",
    "PoolBelief",
    "PoolFits",
    "Portfolio",
    "Prior",
    "RaterParameters",
    "Rating",
    "Reference",
    "ScienceError",
    "ScoredAnswer",
    "SourceKind",
    "WorkSample",
    "bar_of",
    "brackets",
    "brackets_of_moments",
    "chance_at_least",
    "claims_fits",
    "claims_posteriors",
    "conflicts",
    "contributions",
    "first_look_fits",
    "first_look_for",
    "fit_contributions",
    "fit_direction",
    "fit_from_moments",
    "level_chances",
    "level_of",
    "p_ahead",
    "p_must_haves",
    "parameters_from_mapping",
    "posterior",
    "quantile_dots",
    "reestimated_correlations",
    "residuals",
    "role_fit",
    "source_kind",
    "threshold_of",
    "updated_with_answer",
    "with_correlations",
]
