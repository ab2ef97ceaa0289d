"""A knowledge test's pages without a browser: links, forms, and everything that somebody may send instead."""

from datetime import timedelta

import pytest

from assay.core.clock import now as clock_now
from assay.itembank.model import Kind, Option, OrderKey, Variant
from assay.knowledge.choices import Feedback, TakingState, WishState
from assay.knowledge.links import token_of
from assay.knowledge.models import Asked, Taking
from assay.knowledge.services import renew_link
from assay.knowledge.working import begin, current, variant_in
from tests.knowledge.conftest import (  # noqa: F401 -- fixtures among them
    application,
    choice_question,
    knowledge_test,
    number_question,
    right,
    role,
    taking,
    with_variant,
)

JSON = {"accept": "application/json"}


@pytest.fixture
def moment(taking):
    """The tests of this file run by the real clock, as the pages do."""
    at = clock_now()
    Taking.objects.filter(pk=taking.pk).update(begin_by=at + timedelta(days=3))
    taking.refresh_from_db()
    return at


@pytest.fixture
def home(taking, moment):
    return f"/k/{token_of(taking)}/"


@pytest.fixture
def asked(taking, moment):
    return current(taking=begin(taking=taking, now=moment), now=moment).asked


def sent(asked, **more):
    """The form of a right answer."""
    given = right(asked)
    fields = {"question": asked.ref, "action": "answer"}
    if isinstance(variant_in(asked).key, OrderKey):
        fields |= {f"place:{one}": str(place) for place, one in enumerate(given, 1)}
    else:
        fields |= {"choice": given} if isinstance(given, list) else {"typed": given}
    return fields | more


@pytest.mark.parametrize("token", ["x", "x.y", "{ref}", "{ref}.", "{ref}.wrong", "{ref}.{signature}x"])
def test_wrong_link_opens_nothing(taking, client, token):
    ref, _, signature = token_of(taking).partition(".")
    path = f"/k/{token.format(ref=ref, signature=signature)}/"
    assert [client.get(path).status_code, client.get(f"{path}question").status_code] == [404, 404]


def test_renewed_link_makes_the_old_one_worthless(taking, client, recruiter, now):
    old = token_of(taking)
    new = renew_link(taking=taking, member=recruiter, now=now)
    assert [client.get(f"/k/{token}/").status_code for token in (old, new)] == [404, 200]


def test_rules_are_said_before_and_a_look_starts_no_clock(home, taking, client):
    page = client.get(home).content.decode()
    assert "at most 6 questions" in page
    assert "20 minutes" in page
    assert "Statistics" in page
    taking.refresh_from_db()
    assert (taking.state, Asked.objects.count()) == (TakingState.INVITED, 0)


def test_question_needs_the_rules_first(home, client):
    assert client.get(f"{home}question").status_code == 409


def test_whole_test_by_plain_forms(home, taking, client):
    answer = client.post(f"{home}begin")
    for number in range(6):
        assert (answer.status_code, answer["Location"]) == (303, f"{home}question")
        page = client.get(f"{home}question").content.decode()
        assert f"Question {number + 1} " in page
        answer = client.post(f"{home}question", sent(Asked.objects.get(answered_at=None)))
    last = client.get(f"{home}question")
    assert (last.status_code, last["Location"]) == (303, home)
    page = client.get(home).content.decode()
    assert "Thank you" in page
    assert page.count('class="dotplot"') == 2
    taking.refresh_from_db()
    assert taking.state == TakingState.ENDED


def test_result_is_kept_back_where_the_invitation_says_so(home, taking, client, asked):
    Taking.objects.update(feedback=Feedback.NONE, ends_at=clock_now() - timedelta(minutes=1))
    page = client.get(home).content.decode()
    assert "Your answers were received" in page
    assert "dotplot" not in page


def test_page_gives_no_key_away(home, client, asked):
    choice_question(asked)
    page = client.get(f"{home}question").content.decode()
    assert "Option b" in page
    assert "mixes up" not in page
    assert "Because." not in page
    assert "ChoiceKey" not in page


def test_pages_are_kept_by_no_cache(home, client, asked):
    for path in (home, f"{home}question"):
        assert client.get(path)["Cache-Control"] == "private, no-store"


def test_look_at_the_first_page_meanwhile_asks_nothing_new(home, taking, client, moment):
    begin(taking=taking, now=moment)
    assert "Go on with your question" in client.get(home).content.decode()
    assert Asked.objects.count() == 0


@pytest.mark.parametrize(("typed", "status"), [("0,5", 303), ("NaN", 422), ("half", 422), ("", 422), ("50 %", 303)])
def test_typed_number_is_taken_or_asked_for_again(home, client, asked, typed, status):
    number_question(asked)
    answer = client.post(f"{home}question", {"question": asked.ref, "action": "answer", "typed": typed})
    assert answer.status_code == status
    asked.refresh_from_db()
    assert (asked.answered_at is not None) == (status == 303)
    if typed and status == 422:
        assert f'value="{typed}"' in answer.content.decode()


def test_fault_is_told_a_script_in_json(home, client, asked):
    number_question(asked)
    answer = client.post(f"{home}question", {"question": asked.ref, "typed": "half"}, headers=JSON)
    assert (answer.status_code, list(answer.json())) == (422, ["error"])
    answer = client.post(f"{home}question", {"question": asked.ref, "typed": "0.5"}, headers=JSON)
    assert (answer.status_code, answer.json()) == (200, {"go": f"{home}question"})


def test_nothing_chosen_is_asked_for_again(home, client, asked):
    choice_question(asked)
    assert client.post(f"{home}question", {"question": asked.ref, "action": "answer"}).status_code == 422


@pytest.mark.parametrize("choice", [["z"], ["a", "b"], ["<script>"]])
def test_tampered_choice_is_refused(home, client, asked, choice):
    choice_question(asked)
    answer = client.post(f"{home}question", {"question": asked.ref, "choice": choice})
    assert answer.status_code == 422
    assert "<script>" not in answer.content.decode().partition('id="fault"')[2]


def test_tampered_question_does_not_exist(home, client, asked):
    assert client.post(f"{home}question", {"question": "zzzzzzzzzzzz", "choice": "a"}).status_code == 404
    assert client.post(f"{home}question", {}).status_code == 404
    asked.refresh_from_db()
    assert asked.answered_at is None


@pytest.mark.parametrize("places", [("1", "1", "2"), ("1", "2", ""), ("1", "2", "9"), ("x", "y", "z")])
def test_order_needs_each_place_once(home, client, asked, places):
    options = tuple(Option(id=one, text=one) for one in "abc")
    with_variant(asked, Variant(
        family=asked.family, seed=1, kind=Kind.ORDER, stem="Order them", options=options,
        key=OrderKey(ids=tuple("cab")),
        explanation="",
    ))  # fmt: skip
    fields = {f"place:{one}": place for one, place in zip("abc", places, strict=True)}
    assert client.post(f"{home}question", {"question": asked.ref, **fields}).status_code == 422
    fields = {"place:c": "1", "place:a": "2", "place:b": "3"}
    assert client.post(f"{home}question", {"question": asked.ref, **fields}).status_code == 303
    asked.refresh_from_db()
    assert asked.category == 1


def test_not_knowing_needs_no_choice(home, client, asked):
    assert client.post(f"{home}question", {"question": asked.ref, "action": "skip"}).status_code == 303
    asked.refresh_from_db()
    assert asked.category == 0


def test_second_tab_is_told_that_the_first_answer_stands(home, client, asked):
    choice_question(asked)
    client.post(f"{home}question", {"question": asked.ref, "choice": "a"})
    answer = client.post(f"{home}question", {"question": asked.ref, "choice": "b"}, follow=True)
    assert "Your first answer stands" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.category == 1


def test_empty_form_of_a_second_tab_leads_on(home, client, asked):
    choice_question(asked)
    client.post(f"{home}question", {"question": asked.ref, "choice": "a"})
    answer = client.post(f"{home}question", {"question": asked.ref})
    assert (answer.status_code, answer["Location"]) == (303, f"{home}question")


def test_break_shows_no_question_until_one_goes_on(home, client, asked):
    answer = client.post(f"{home}question", sent(asked, action="pause"))
    assert answer["Location"] == home
    assert "You are taking a break" in client.get(home).content.decode()
    assert client.get(f"{home}question")["Location"] == home
    assert Asked.objects.count() == 1
    assert client.post(f"{home}resume")["Location"] == f"{home}question"
    client.get(f"{home}question")
    assert Asked.objects.count() == 2


def test_late_answer_says_that_it_does_not_count(home, client, asked):
    Taking.objects.update(ends_at=clock_now() - timedelta(minutes=1))
    answer = client.post(f"{home}question", sent(asked), follow=True)
    assert "does not count" in answer.content.decode()
    asked.refresh_from_db()
    assert (asked.is_late, asked.category) == (True, None)


def test_wish_reaches_the_recruiter(home, taking, client):
    client.post(f"{home}wish", {"text": "More time, please."})
    taking.refresh_from_db()
    assert (taking.wish, taking.wish_state) == ("More time, please.", WishState.OPEN)
    assert client.post(f"{home}wish", {"text": " "}).status_code == 422


def test_withdrawn_invitation_says_so(home, taking, client):
    Taking.objects.update(state=TakingState.CANCELLED)
    assert "withdrawn" in client.get(home).content.decode()
    assert client.post(f"{home}begin", follow=True).status_code == 409
