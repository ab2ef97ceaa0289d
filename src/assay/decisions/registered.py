"""A role's decision rule as a value, and what it says of one candidate. Pure: the same facts give the same words."""

from typing import NamedTuple

import msgspec

from assay.core.errors import InvalidError
from assay.decisions.choices import Majority, Said, VoteChoice

TWENTY = 20
MOST_PEOPLE = 9
MOST_DEMANDS = 48


class RuleContent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What must hold for an offer, agreed before anybody is looked at."""

    fit_chances: int = 12
    """Chances in twenty that the person is at or above what the role asks; 0 leaves it out."""
    must_have_chances: int = 0
    """Chances in twenty that all must-haves hold together; 0 leaves it out."""
    least_measured: int = 2
    """So many of the role's competencies must rest on more than the person's own words."""
    least_raters: int = 2
    """So many people must have rated the person, each on their own."""
    least_votes: int = 2
    majority: str = Majority.MORE


class Facts(NamedTuple):
    """What a rule looks at. Probabilities are None where the role asks for no level, or names no must-have."""

    p_above_bar: float | None
    p_must_haves: float | None
    measured: int
    demanded: int
    raters: int
    votes: tuple[str, ...]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One condition: what was agreed, what was found, and whether the one holds of the other."""

    asked: str
    found: str
    is_met: bool


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule says, condition by condition."""

    says: str
    lines: tuple[Line, ...]

    @property
    def label(self) -> str:
        """What it says, in words."""
        return Said(self.says).label


def check_content(content: RuleContent) -> None:
    """Refuse a rule that cannot be met, or that lets one person decide alone. Raises `InvalidError`."""
    for name, low, high, words in (
        ("fit_chances", 0, 19, "The chances of the fit go from 0 to 19 in 20."),
        ("must_have_chances", 0, 19, "The chances of the must-haves go from 0 to 19 in 20."),
        ("least_measured", 0, MOST_DEMANDS, "The number of measured competencies cannot be less than 0."),
        ("least_raters", 0, MOST_PEOPLE, f"Between 0 and {MOST_PEOPLE} people can be asked to rate."),
        ("least_votes", 2, MOST_PEOPLE, f"At least 2 people vote, at most {MOST_PEOPLE}: nobody decides alone."),
    ):
        if not low <= getattr(content, name) <= high:
            raise InvalidError(words)
    if content.majority not in Majority.values:
        raise InvalidError("Choose how the votes are counted.")


def is_quorate(*, content: RuleContent, votes: int) -> bool:
    """Tell whether enough people have voted for the rule to be shown."""
    return votes >= content.least_votes


def verdict_of(*, content: RuleContent, facts: Facts) -> Verdict:
    """Yield what a rule says of one candidate.

    Where evidence is missing it says so and nothing else: what was not measured is no reason to decline.
    """
    enough = [
        _counted(content.least_measured, facts.measured, "competencies of the role rest on more than own words",
                 most=facts.demanded),
        _counted(content.least_raters, facts.raters, "people rated independently"),
        _counted(content.least_votes, len(facts.votes), "people voted"),
    ]  # fmt: skip
    good = [
        *_chance(content.fit_chances, facts.p_above_bar, "at or above what the role asks"),
        *_chance(content.must_have_chances, facts.p_must_haves, "that all must-haves hold together"),
        _votes(content.majority, facts.votes),
    ]
    if not all(line.is_met for line in enough):
        says = Said.NOT_ENOUGH
    else:
        says = Said.HIRE if all(line.is_met for line in good) else Said.DECLINE
    return Verdict(says=says, lines=(*enough, *good))


def sentences_of(content: RuleContent) -> list[str]:
    """Yield a rule in words, one sentence a condition."""
    chances = [
        f"At least {number} chances in 20 {what}."
        for number, what in (
            (content.fit_chances, "of being at or above what the role asks"),
            (content.must_have_chances, "that all must-haves hold together"),
        )
        if number
    ]
    counts = [
        f"At least {number} {what}."
        for number, what in (
            (content.least_measured, "competencies of the role rest on more than the person's own words"),
            (content.least_raters, "people rated the person, each on their own"),
            (content.least_votes, "people voted, each before seeing another's vote"),
        )
        if number
    ]
    return [*chances, *counts, f"{Majority(content.majority).label}."]


def chances_in_twenty(p: float) -> int:
    """Yield a probability as chances in twenty, never 0 or 20 for what is not certain."""
    return min(max(round(p * TWENTY), 1), TWENTY - 1)


def _counted(least: int, found: int, what: str, *, most: int | None = None) -> Line:
    wanted = least if most is None else min(least, most)
    return Line(asked=f"at least {wanted} {what}", found=f"{found}", is_met=found >= wanted)


def _chance(least: int, p: float | None, what: str) -> list[Line]:
    """Yield the condition on a chance; none where the rule leaves it out, or the role names nothing to compare with."""
    if not least or p is None:
        return []
    found = chances_in_twenty(p)
    return [Line(asked=f"at least {least} in 20 {what}", found=f"{found} in 20", is_met=found >= least)]


def _votes(majority: str, votes: tuple[str, ...]) -> Line:
    hire, against = votes.count(VoteChoice.HIRE), votes.count(VoteChoice.DECLINE)
    is_met = hire > against if majority == Majority.MORE else hire > 0 and against == 0
    unsure = votes.count(VoteChoice.UNSURE)
    found = f"{hire} for, {against} against" + (f", {unsure} unsure" if unsure else "")
    asked = Majority(majority).label
    return Line(asked=asked[0].lower() + asked[1:], found=found, is_met=is_met)
