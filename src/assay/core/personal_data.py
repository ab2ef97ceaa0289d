"""The register of what keeps data about a person, so that a merge moves all of it and an erasure leaves none.

A package whose tables point at a person registers one holder in its ``AppConfig.ready``. `people.services` walks the
register without knowing the packages above it.
"""

from typing import Protocol

Moved = dict[str, list[int]]
"""Table → primary keys that changed hands: what an undone merge gives back."""


class Holder(Protocol):
    """One package's personal data. Every method runs in the caller's transaction."""

    name: str

    def move(self, *, source_id: int, target_id: int) -> Moved:
        """Hand everything of one person to another; yield what moved."""
        ...

    def give_back(self, *, moved: Moved, source_id: int) -> None:
        """Undo a `move`: rows that are still there go back to the person they came from."""
        ...

    def erase(self, *, person_id: int) -> None:
        """Delete what a cascade does not reach, and blank what must stay without the person."""
        ...


_holders: dict[str, Holder] = {}


def register(holder: Holder) -> None:
    """Add a holder; a second one of the same name replaces the first."""
    _holders[holder.name] = holder


def holders() -> tuple[Holder, ...]:
    """Yield every holder, in the order of their names."""
    return tuple(_holders[name] for name in sorted(_holders))
