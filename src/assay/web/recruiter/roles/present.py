"""A role's profile as its pages show it: names instead of ids, shares instead of weights, quotes beside demands."""

from typing import NamedTuple

from assay.competencies.catalogue import Catalogue
from assay.roles.profile import Demand, Quote, RoleProfile, not_in_map, weight_shares, words_not_in_map

LEVEL_WORDS = ("first steps", "basic", "solid", "strong", "expert")


class ShownDemand(NamedTuple):
    """One line of the profile."""

    competency: str
    name: str
    level: int
    level_word: str
    behaviour: str
    """What somebody at this level does, from the map."""
    share_percent: int
    weight: float
    is_must_have: bool
    why: str
    quotes: tuple[Quote, ...]
    terms: tuple[str, ...]


class ShownWord(NamedTuple):
    """Knowledge that the ad names and the map does not."""

    word: str
    quote: str
    """The ad's sentence."""


class Shown(NamedTuple):
    """A profile ready for a page."""

    profile: RoleProfile
    demands: list[ShownDemand]
    ad_text: str
    families: list[str]
    not_in_map: list[ShownWord]


def present(*, profile: RoleProfile, ad_text: str, catalogue: Catalogue) -> Shown:
    """Yield the profile with its demands from the heaviest down."""
    shares = weight_shares(profile)
    ordered = sorted(profile.demands, key=lambda demand: (not demand.is_must_have, -demand.weight, demand.competency))
    demands = [_shown(demand, shares[demand.competency], catalogue) for demand in ordered]
    words = [ShownWord(one.value, ad_text[one.quote_start : one.quote_end].strip()) for one in not_in_map(profile)]
    return Shown(profile, demands, ad_text, [family.name for family in catalogue.families], words)


def _shown(demand: Demand, share: float, catalogue: Catalogue) -> ShownDemand:
    entry = next((one for one in catalogue.competencies if one.id == demand.competency), None)
    return ShownDemand(
        competency=demand.competency,
        name=entry.name if entry else demand.competency.replace("_", " "),
        level=demand.level,
        level_word=LEVEL_WORDS[demand.level - 1],
        behaviour=entry.levels[demand.level - 1] if entry else "",
        share_percent=round(100 * share),
        weight=demand.weight,
        is_must_have=demand.is_must_have,
        why=demand.why,
        quotes=demand.quotes,
        terms=demand.terms,
    )


def changes_between(*, old: RoleProfile | None, new: RoleProfile, catalogue: Catalogue) -> list[str]:
    """Yield in sentences what a version changed; empty where nothing that is compared did."""
    if old is None:
        return ["First version."]
    names = {entry.id: entry.name for entry in catalogue.competencies}
    before = {demand.competency: demand for demand in old.demands}
    after = {demand.competency: demand for demand in new.demands}
    sentences = [f"Title: “{old.title}” became “{new.title}”."] if old.title != new.title else []
    sentences += [f"{names.get(key, key)} added." for key in after if key not in before]
    sentences += [f"{names.get(key, key)} removed." for key in before if key not in after]
    for key in after.keys() & before.keys():
        sentences += _demand_changes(names.get(key, key), before[key], after[key])
    left = set(words_not_in_map(new))
    sentences += [f"“{word}” removed; it is not in the map." for word in words_not_in_map(old) if word not in left]
    if old.outcomes != new.outcomes:
        sentences.append("Outcomes changed.")
    if (old.constraints, old.pay) != (new.constraints, new.pay):
        sentences.append("Place, permit, languages or pay changed.")
    return sorted(sentences)


def _demand_changes(name: str, old: Demand, new: Demand) -> list[str]:
    sentences = []
    if old.level != new.level:
        sentences.append(f"{name}: {LEVEL_WORDS[old.level - 1]} became {LEVEL_WORDS[new.level - 1]}.")
    if old.weight != new.weight:
        sentences.append(f"{name}: weight {old.weight:g} became {new.weight:g}.")
    if old.is_must_have != new.is_must_have:
        sentences.append(f"{name} {'is now' if new.is_must_have else 'is no longer'} a must-have.")
    return sentences
