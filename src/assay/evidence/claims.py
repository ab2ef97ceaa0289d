"""From the places where a document names a competency to claims: one a competency and document, with its words.

Pure: mentions in, claims out. The rule table lies in ``content/sources/claims.yaml`` and is explained in
docs/science/matching.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

import msgspec
import yaml

from assay.reading.model import Depth, Hidden, PartialDate, SkillContext, SkillMention

NOTHING_IMPLIED: Mapping[str, Sequence[str]] = MappingProxyType({})
WORK = frozenset({SkillContext.EMPLOYMENT, SkillContext.PROJECT})


class ClaimRulesError(ValueError):
    """The rule table cannot be used; the message names what is wrong."""


class Stance(StrEnum):
    """What a document says about a competency; later ones say more."""

    NEGATED = "negated"
    BASIC = "basic"
    IMPLIED = "implied"
    NAMED = "named"
    USED = "used"
    STRONG = "strong"


_RANK = {stance: rank for rank, stance in enumerate(Stance)}


class Struct(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base: immutable and compact as JSON."""


class StanceRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much a stance counts: ``value`` on the claim scale, ``level_said`` on the map's levels."""

    value: Annotated[float, msgspec.Meta(ge=1.0, le=5.0)]
    level_said: Annotated[int, msgspec.Meta(ge=1, le=5)]
    phrase: str
    tag: str
    reference: str


class ClaimRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of the rule table."""

    version: str
    stances: dict[Stance, StanceRule]
    weightless: frozenset[Stance]


class Mention(Struct, frozen=True, kw_only=True):
    """One place in the document: the term's span, the quote around it, and what stands there."""

    term: str
    start: int
    end: int
    quote_start: int
    quote_end: int
    context: SkillContext
    depth: Depth


class DocumentClaim(Struct, frozen=True, kw_only=True):
    """What one document claims of one competency.

    ``start`` and ``end`` are the span of the best quote; ``value`` lies on the claim scale of the source registry.
    ``months`` is the longest dated use and is for reading only.
    """

    competency: str
    stance: Stance
    value: float
    level_said: int
    start: int
    end: int
    mentions: tuple[Mention, ...]
    months: int | None = None
    last_used: PartialDate | None = None

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms that name it, in the order of the document, each once."""
        return tuple(dict.fromkeys(mention.term for mention in self.mentions))


class YearsClaim(Struct, frozen=True, kw_only=True):
    """Years of use in the author's own words ("8 years of PyTorch") and the span of the quote."""

    competency: str
    years: float
    start: int
    end: int


def rules_from_mapping(mapping: Mapping[str, Any]) -> ClaimRules:
    """Yield the checked rule table. Raises `ClaimRulesError` where a stance is missing or a number out of range."""
    try:
        rules = msgspec.convert(mapping, ClaimRules, strict=False)
    except msgspec.ValidationError as error:
        raise ClaimRulesError(f"the claim rules hold a wrong entry: {error}") from error
    if missing := set(Stance) - set(rules.stances):
        raise ClaimRulesError(f"the claim rules lack {', '.join(sorted(missing))}")
    return rules


@cache
def rules_from_file(path: Path) -> ClaimRules:
    """Yield the rule table of a YAML file."""
    return rules_from_mapping(yaml.safe_load(path.read_text(encoding="utf-8")))


def claims_from(
    *,
    mentions: Iterable[SkillMention],
    rules: ClaimRules,
    hidden: Sequence[Hidden] = (),
    implies: Mapping[str, Sequence[str]] = NOTHING_IMPLIED,
) -> tuple[DocumentClaim, ...]:
    """Yield one claim for each competency, in the order of the ids.

    Words that do not count (stuffing, instructions to machines) make no claim. Of several mentions the one that says
    most is the claim; a negation counts only where nothing else is said. What the map says a named competency rests on
    (``implies``) is claimed with it, weakly, with the words of the competency that is named.
    """
    groups: dict[str, list[SkillMention]] = {}
    for mention in mentions:
        if not _is_void(mention=mention, hidden=hidden):
            groups.setdefault(mention.competency, []).append(mention)
    claims = {competency: _claim(mentions=found, rules=rules) for competency, found in groups.items()}
    for claim in [one for one in claims.values() if _RANK[one.stance] > _RANK[Stance.IMPLIED]]:
        for base in implies.get(claim.competency, ()):
            if base not in claims or _RANK[claims[base].stance] < _RANK[Stance.IMPLIED]:
                claims[base] = _implied(claim=claim, base=base, rules=rules)
    return tuple(claims[competency] for competency in sorted(claims))


def years_from(*, mentions: Iterable[SkillMention], hidden: Sequence[Hidden] = ()) -> tuple[YearsClaim, ...]:
    """Yield the most years that the words claim for each competency that has any, in the order of the ids."""
    best: dict[str, YearsClaim] = {}
    for mention in mentions:
        if mention.years_claimed is None or mention.depth is Depth.NEGATED or _is_void(mention=mention, hidden=hidden):
            continue
        known = best.get(mention.competency)
        if known is None or mention.years_claimed > known.years:
            best[mention.competency] = YearsClaim(
                competency=mention.competency,
                years=mention.years_claimed,
                start=mention.quote_start,
                end=mention.quote_end,
            )
    return tuple(best[competency] for competency in sorted(best))


def stance_of(mention: SkillMention) -> Stance:
    """Yield what one mention says."""
    if mention.depth is Depth.NEGATED:
        return Stance.NEGATED
    if mention.depth is Depth.BASIC:
        return Stance.BASIC
    if mention.depth is Depth.STRONG:
        return Stance.STRONG
    return Stance.USED if mention.context in WORK else Stance.NAMED


def last_day(when: PartialDate) -> date:
    """Yield the last moment that a partial date can mean, as the first day of its last month."""
    return date(when.year, when.month or 12, 1)


def _claim(*, mentions: Sequence[SkillMention], rules: ClaimRules) -> DocumentClaim:
    best = max(mentions, key=lambda mention: (_RANK[stance_of(mention)], _quote_worth(mention), -mention.start))
    stance = stance_of(best)
    rule = rules.stances[stance]
    used = [mention.last_used for mention in mentions if mention.last_used is not None]
    months = [mention.months for mention in mentions if mention.months is not None]
    return DocumentClaim(
        competency=best.competency,
        stance=stance,
        value=rule.value,
        level_said=rule.level_said,
        start=best.quote_start,
        end=best.quote_end,
        mentions=tuple(_mention(mention) for mention in sorted(mentions, key=lambda one: (one.start, one.end))),
        months=max(months, default=None),
        last_used=max(used, default=None),
    )


def _implied(*, claim: DocumentClaim, base: str, rules: ClaimRules) -> DocumentClaim:
    rule = rules.stances[Stance.IMPLIED]
    return msgspec.structs.replace(
        claim,
        competency=base,
        stance=Stance.IMPLIED,
        value=rule.value,
        level_said=rule.level_said,
        last_used=None,
        months=None,
    )


def _quote_worth(mention: SkillMention) -> int:
    """Prefer a sentence to a bare word, but not a paragraph to a sentence."""
    length = mention.quote_end - mention.quote_start
    return min(length, 160) if length <= 400 else 40


def _mention(mention: SkillMention) -> Mention:
    return Mention(
        term=mention.term,
        start=mention.start,
        end=mention.end,
        quote_start=mention.quote_start,
        quote_end=mention.quote_end,
        context=mention.context,
        depth=mention.depth,
    )


def _is_void(*, mention: SkillMention, hidden: Sequence[Hidden]) -> bool:
    return any(
        one.start is not None and one.end is not None and mention.start < one.end and one.start < mention.end
        for one in hidden
    )
