"""What a test measures and when it ends, as a value. A test's plan never changes; another plan is another test."""

import msgspec

LEAST_IN_AREA = 3
MOST_IN_AREA = 12
"""In one area: with fewer nothing is known, with more the questions repeat themselves."""
MOST_AREAS = 6
TARGET_SD = 0.4
"""Posterior sd, in levels, at which an area is known well enough to stop."""


class Area(msgspec.Struct, frozen=True, kw_only=True):
    """One competency of a test."""

    competency: str
    items: int
    """At most so many questions."""
    level: int
    """1 to 5: what the role asks for."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a test measures and when it ends."""

    areas: tuple[Area, ...]
    minutes: int
    """The clock of the whole test, without extra time."""
    target_sd: float = TARGET_SD
    least_in_area: int = LEAST_IN_AREA
    stops_when_decided: bool = False
    """End an area when no further answer could carry it across the level that the role asks for."""

    @property
    def items(self) -> int:
        """At most so many questions in all."""
        return sum(area.items for area in self.areas)

    def area(self, competency: str) -> Area:
        """Yield the area of a competency. Raises `KeyError`."""
        found = next((area for area in self.areas if area.competency == competency), None)
        if found is None:
            raise KeyError(competency)
        return found
