"""The numbers of the measurement models, checked. They come from ``content/sources/registry.yaml``.

Every number in the registry is written ``{value, tag, reference}``; ``parameters_from_mapping`` keeps the values and
refuses a missing number, an unknown name and a value outside its range. Nothing here has a default of its own.
"""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from assay.science.errors import ScienceError

Positive = Annotated[float, msgspec.Meta(gt=0.0)]
NonNegative = Annotated[float, msgspec.Meta(ge=0.0)]
Share = Annotated[float, msgspec.Meta(ge=0.0, lt=1.0)]
Reliability = Annotated[float, msgspec.Meta(gt=0.0, lt=1.0)]


class _Numbers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the groups of numbers: immutable, and strict about names."""


class PriorParameters(_Numbers, frozen=True, kw_only=True):
    """Correlation of two competencies of one family, and of two families."""

    rho_within: Share
    rho_between: Share


class DecayParameters(_Numbers, frozen=True, kw_only=True):
    """Time constants in years: correlation with the ability ``t`` years ago is ``exp(-t / tau)``."""

    perishable_y: Positive
    durable_y: Positive


class ClaimParameters(_Numbers, frozen=True, kw_only=True):
    """``level - 3 = bias + slope * theta + inflation_sd * pi + noise_sd * e``."""

    bias: float
    slope: Positive
    inflation_sd: NonNegative
    noise_sd: Positive


class ExperienceParameters(_Numbers, frozen=True, kw_only=True):
    """``(ln(1 + years) - centre_log_years) / spread_log_years = slope * theta + noise_sd * e``."""

    centre_log_years: float
    spread_log_years: Positive
    slope: Positive
    noise_sd: Positive


class PortfolioParameters(_Numbers, frozen=True, kw_only=True):
    """``y = (1 - eps) theta + e`` with ``var e = (1 - rho) / rho + 1 - (1 - eps)^2``."""

    reliability: Reliability
    p_not_authored: Share


class WorkSampleParameters(_Numbers, frozen=True, kw_only=True):
    """``y = theta + event_sd * v + e``; ``reliability`` is the share of theta in the variance of ``y``."""

    reliability: Reliability
    event_sd: NonNegative


class RatingParameters(_Numbers, frozen=True, kw_only=True):
    """``z = theta + impression_sd * imp + halo_sd * h - severity + noise_sd * e``.

    The rating is 1 plus the number of cuts ``cut_scale * (-1.5, -.5, .5, 1.5)`` below ``z``.
    """

    cut_scale: Positive
    noise_sd: Positive
    halo_sd: NonNegative
    impression_sd: NonNegative
    severity_sd: NonNegative


class ReferenceParameters(_Numbers, frozen=True, kw_only=True):
    """``level - 3 = bias + slope * mean(theta in the family) + noise_sd * e``."""

    bias: float
    slope: Positive
    noise_sd: Positive


class SourceParameters(_Numbers, frozen=True, kw_only=True):
    """One group of numbers for each source kind; test items carry their own."""

    claim: ClaimParameters
    experience: ExperienceParameters
    portfolio: PortfolioParameters
    work_sample: WorkSampleParameters
    structured_interview: RatingParameters
    unstructured_interview: RatingParameters
    scored_answer: RatingParameters
    reference: ReferenceParameters


class RaterParameters(_Numbers, frozen=True, kw_only=True):
    """What is known of one rater: severity in levels (positive is harsh), its sd, and a noise sd where estimated."""

    severity: float
    severity_sd: NonNegative
    noise_sd: Positive | None = None


class Parameters(_Numbers, frozen=True, kw_only=True):
    """A version of all numbers. A belief is a pure function of observations and one of these."""

    version: str
    prior: PriorParameters
    decay: DecayParameters
    sources: SourceParameters
    raters: dict[str, RaterParameters] = {}

    def with_raters(self, *, raters: Mapping[str, RaterParameters], version: str) -> "Parameters":
        """Yield the same numbers with re-estimated raters, under a new version."""
        return msgspec.structs.replace(self, raters=dict(raters), version=version)


_GROUPS = ("prior", "decay")


def parameters_from_mapping(mapping: Mapping[str, Any]) -> Parameters:
    """Yield the checked numbers of a registry that was read from YAML or JSON.

    Raises
    ------
    ScienceError
        A number is missing, unknown, of the wrong type or out of range; the message gives its path.
    """
    try:
        plain: dict[str, Any] = {"version": str(mapping["version"])}
        for group in _GROUPS:
            plain[group] = _values(mapping[group])
        plain["sources"] = {
            kind: _values(source["parameters"]) for kind, source in mapping["sources"].items() if source["parameters"]
        }
        plain["raters"] = mapping.get("raters", {})
        parameters = msgspec.convert(plain, Parameters)
    except (KeyError, TypeError, AttributeError) as error:
        raise ScienceError(f"the registry is not complete: {error}") from error
    except msgspec.ValidationError as error:
        raise ScienceError(f"the registry holds a wrong number: {error}") from error
    if parameters.prior.rho_between > parameters.prior.rho_within:
        raise ScienceError("the registry's rho_between may not exceed rho_within")
    return parameters


def _values(group: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {name: entry["value"] for name, entry in group.items()}
