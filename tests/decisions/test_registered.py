"""What a rule says of given facts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.errors import InvalidError
from assay.decisions.registered import Facts, RuleContent, check_content, sentences_of, verdict_of

CONTENT = RuleContent(fit_chances=12, must_have_chances=8, least_measured=2, least_raters=2, least_votes=2)
GOOD = Facts(p_above_bar=0.7, p_must_haves=0.5, measured=3, demanded=3, raters=2, votes=("hire", "hire"))


def says(content=CONTENT, **changed):
    return verdict_of(content=content, facts=GOOD._replace(**changed)).says


def test_rule_says_hire_where_everything_holds():
    assert says() == "hire"


@pytest.mark.parametrize("missing", [{"measured": 1}, {"raters": 1}, {"votes": ("hire",)}])
def test_missing_evidence_is_no_reason_to_decline(missing):
    assert says(**missing) == "not_enough"
    assert says(**missing, p_above_bar=0.01) == "not_enough"


@pytest.mark.parametrize("bad", [{"p_above_bar": 0.2}, {"p_must_haves": 0.1}, {"votes": ("hire", "decline")}])
def test_rule_says_decline_where_a_condition_fails(bad):
    assert says(**bad) == "decline"


def test_role_with_fewer_competencies_than_the_rule_asks_can_be_measured():
    assert says(measured=1, demanded=1) == "hire"


def test_role_without_levels_is_not_compared():
    assert says(p_above_bar=None, p_must_haves=None) == "hire"


def test_unanimity_takes_one_vote_against():
    content = RuleContent(fit_chances=0, must_have_chances=0, least_measured=0, majority="all")
    assert says(content, votes=("hire", "hire", "decline")) == "decline"
    assert says(content, votes=("hire", "unsure")) == "hire"
    assert says(content, votes=("unsure", "unsure")) == "decline"


@pytest.mark.parametrize(
    "wrong",
    [{"least_votes": 1}, {"fit_chances": 20}, {"must_have_chances": -1}, {"majority": "one"}, {"least_raters": 99}],
)
def test_rule_that_cannot_be_met_is_refused(wrong):
    with pytest.raises(InvalidError):
        check_content(RuleContent(**wrong))


def test_rule_is_told_in_sentences():
    assert sentences_of(CONTENT)[0] == "At least 12 chances in 20 of being at or above what the role asks."
    assert len(sentences_of(CONTENT)) == 6


@given(
    p=st.floats(0, 1), better=st.floats(0, 1), measured=st.integers(0, 5), raters=st.integers(0, 4),
    votes=st.lists(st.sampled_from(["hire", "decline", "unsure"]), max_size=5),
)  # fmt: skip
def test_better_fit_never_turns_hire_into_decline(p, better, measured, raters, votes):
    low, high = sorted((p, better))
    facts = Facts(low, low, measured, 5, raters, tuple(votes))
    first = verdict_of(content=CONTENT, facts=facts).says
    second = verdict_of(content=CONTENT, facts=facts._replace(p_above_bar=high, p_must_haves=high)).says
    assert (first, second) != ("hire", "decline")
    assert (first == "not_enough") == (second == "not_enough")
