from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.evidence.claims import (
    ClaimRulesError,
    Stance,
    claims_from,
    last_day,
    rules_from_file,
    rules_from_mapping,
    years_from,
)
from assay.reading.model import Depth, Hidden, HiddenReason, PartialDate, SkillContext, SkillMention

RULES = rules_from_file(Path(__file__).parents[2] / "content" / "sources" / "claims.yaml")


def mention(competency="python", start=10, **changes):
    fields = {
        "competency": competency,
        "term": "Python",
        "start": start,
        "end": start + 6,
        "quote_start": max(start - 5, 0),
        "quote_end": start + 30,
    }
    return SkillMention(**(fields | changes))


mentions = st.builds(
    mention,
    competency=st.sampled_from(["python", "sql", "statistics"]),
    start=st.integers(0, 5000),
    context=st.sampled_from(SkillContext),
    depth=st.sampled_from(Depth),
    months=st.none() | st.integers(1, 300),
    years_claimed=st.none() | st.floats(0.5, 30),
)


@pytest.mark.parametrize(
    ("context", "depth", "stance", "value", "level_said"),
    [
        (SkillContext.LIST, Depth.STATED, Stance.NAMED, 4.0, 3),
        (SkillContext.EDUCATION, Depth.STATED, Stance.NAMED, 4.0, 3),
        (SkillContext.EMPLOYMENT, Depth.STATED, Stance.USED, 4.5, 4),
        (SkillContext.PROJECT, Depth.STATED, Stance.USED, 4.5, 4),
        (SkillContext.EMPLOYMENT, Depth.STRONG, Stance.STRONG, 5.0, 5),
        (SkillContext.LIST, Depth.BASIC, Stance.BASIC, 2.0, 2),
        (SkillContext.SUMMARY, Depth.NEGATED, Stance.NEGATED, 1.0, 1),
    ],
)
def test_claim_follows_the_rule_table(context, depth, stance, value, level_said):
    (claim,) = claims_from(mentions=[mention(context=context, depth=depth)], rules=RULES)
    assert (claim.stance, claim.value, claim.level_said) == (stance, value, level_said)


def test_claim_of_several_mentions_is_the_strongest_and_keeps_all():
    listed = mention(start=500, context=SkillContext.LIST)
    used = mention(start=100, context=SkillContext.EMPLOYMENT, months=20, last_used=PartialDate(year=2024, month=5))
    denied = mention(start=300, depth=Depth.NEGATED)
    (claim,) = claims_from(mentions=[listed, used, denied], rules=RULES)
    assert (claim.stance, claim.start, claim.end) == (Stance.USED, used.quote_start, used.quote_end)
    assert [one.start for one in claim.mentions] == [100, 300, 500]
    assert (claim.months, claim.last_used) == (20, PartialDate(year=2024, month=5))


def test_claim_from_stuffed_words_is_none():
    stuffed = Hidden(text="Python", reason=HiddenReason.STUFFING, start=0, end=50)
    assert claims_from(mentions=[mention(start=10)], rules=RULES, hidden=[stuffed]) == ()
    assert years_from(mentions=[mention(start=10, years_claimed=9.0)], hidden=[stuffed]) == ()


def test_claim_does_not_depend_on_months():
    short, long = (
        claims_from(mentions=[mention(context=SkillContext.EMPLOYMENT, months=months)], rules=RULES)[0]
        for months in (2, 200)
    )
    assert (short.value, short.level_said) == (long.value, long.level_said)


@given(st.lists(mentions, max_size=12), st.randoms())
def test_claims_are_one_a_competency_whatever_the_order(found, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)
    claims = claims_from(mentions=found, rules=RULES)
    assert claims == claims_from(mentions=shuffled, rules=RULES) or len({(m.start, m.competency) for m in found}) < len(
        found
    )
    assert [claim.competency for claim in claims] == sorted({one.competency for one in found})


@given(st.lists(mentions, min_size=1, max_size=8), mentions)
def test_claim_never_falls_when_more_is_said(found, more):
    before = {one.competency: one.value for one in claims_from(mentions=found, rules=RULES)}
    after = {one.competency: one.value for one in claims_from(mentions=[*found, more], rules=RULES)}
    assert all(after[competency] >= value for competency, value in before.items())


def test_years_take_the_most_that_is_said():
    (claim,) = years_from(
        mentions=[mention(years_claimed=3.0), mention(start=90, years_claimed=8.0), mention(start=200)]
    )
    assert (claim.years, claim.start) == (8.0, 85)


def test_last_day_of_a_bare_year_is_its_december():
    assert last_day(PartialDate(year=2020)) == date(2020, 12, 1)


def test_rules_without_a_stance_are_refused():
    with pytest.raises(ClaimRulesError, match="lack"):
        rules_from_mapping({"version": "1", "stances": {}, "weightless": []})
