"""What is believed of an applicant before any observation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from assay.science.arrays import BoolArray, FloatArray, frozen
from assay.science.errors import ScienceError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prior:
    """A normal prior over K competencies on the pool's scale: mean 0, sd 1 each.

    Attributes
    ----------
    families
        The family of each competency, length K.
    is_perishable
        Shape (K,). True where skill fades with the short time constant (a tool, a framework).
    covariance
        Shape (K, K). 1 on the diagonal, ``rho_within`` inside a family, ``rho_between`` across.
    precision
        Shape (K, K). Its inverse.
    """

    families: tuple[str, ...]
    is_perishable: BoolArray
    covariance: FloatArray
    precision: FloatArray

    @classmethod
    def from_families(
        cls,
        *,
        families: Sequence[str],
        rho_within: float,
        rho_between: float,
        is_perishable: Sequence[bool] | None = None,
    ) -> Self:
        """Yield the prior of the three-level factor model.

        ``theta_k = sqrt(rho_between) g + sqrt(rho_within - rho_between) d_family(k) + sqrt(1 - rho_within) u_k``
        with all factors standard normal. ``0 <= rho_between <= rho_within < 1``; without ``is_perishable`` every
        competency is durable.
        """
        if not families:
            raise ScienceError("a prior needs at least one competency")
        if not 0.0 <= rho_between <= rho_within < 1.0:
            raise ScienceError("0 <= rho_between <= rho_within < 1 does not hold")
        count = len(families)
        fading = np.zeros(count, dtype=np.bool_) if is_perishable is None else np.array(is_perishable, dtype=np.bool_)
        if fading.shape != (count,):
            raise ScienceError(f"is_perishable has {fading.size} entries for {count} competencies")
        fading.setflags(write=False)
        codes = np.unique(np.array(families), return_inverse=True)[1]
        covariance = np.where(codes[:, None] == codes[None, :], rho_within, rho_between).astype(np.float64)
        np.fill_diagonal(covariance, 1.0)
        return cls(
            families=tuple(families),
            is_perishable=fading,
            covariance=frozen(covariance),
            precision=frozen(np.linalg.inv(covariance)),
        )

    @property
    def size(self) -> int:
        """K, the number of competencies."""
        return len(self.families)

    def members(self, *, family: str) -> list[int]:
        """Yield the indices of a family's competencies; an unknown family is refused."""
        found = [index for index, name in enumerate(self.families) if name == family]
        if not found:
            raise ScienceError(f"no competency of the map belongs to the family {family!r}")
        return found
