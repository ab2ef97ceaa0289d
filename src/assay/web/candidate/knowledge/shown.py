"""What a candidate's pages of a knowledge test show, worked out before a template sees it."""

from datetime import datetime
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from assay.competencies.catalogue import Catalogue
from assay.competencies.selectors import catalogue_of
from assay.itembank.model import ChoiceKey, Kind, LineKey, NumberKey, OrderKey, Variant
from assay.itembank.render import to_html
from assay.knowledge.choices import Feedback, Stop, TakingState, WishState
from assay.knowledge.decks import bank
from assay.knowledge.drawing import ability_in
from assay.knowledge.models import Asked, Taking
from assay.knowledge.plan import Plan
from assay.knowledge.rules import allowed
from assay.knowledge.services import plan_of
from assay.knowledge.working import given_of, variant_in
from assay.science.belief import LEVEL_CUTS, level_of
from assay.web.dotplot import dot_plot
from assay.web.shortlist_rows import level_word

TOP_LEVEL = len(LEVEL_CUTS) + 1
MOST_TOPICS = 3
STOP_WORDS = {
    Stop.PRECISE: "It ended because every area was known well enough.",
    Stop.DECIDED: "It ended because further answers would have changed nothing that the role asks for.",
    Stop.LENGTH: "It ended because all questions were asked, or enough was known before.",
    Stop.TIME: "It ended because the time was over. What you had answered counts; what was not asked does not.",
    Stop.EXHAUSTED: "It ended because no fitting question was left.",
}
KIND_WORDS = {
    Kind.SINGLE: "One answer is right.",
    Kind.MULTIPLE: "Choose all that are right; there may be one or several.",
    Kind.ORDER: "Give each line its place.",
    Kind.BUG_LINE: "Give the number of the line.",
    Kind.SITUATIONAL: "Choose what you would do.",
}


class OptionShown(NamedTuple):
    """One option, or one line to be put in order."""

    id: str
    html: SafeString
    is_chosen: bool
    place: str
    number: int


class QuestionShown(NamedTuple):
    """A question as it is asked."""

    ref: str
    number: int
    most: int
    stem: SafeString
    how: str
    widget: str
    """``radio``, ``checkbox``, ``order``, ``line``, ``number`` or ``text``"""
    options: list[OptionShown]
    unit: str
    typed: str


class AreaShown(NamedTuple):
    """What a test says of one area."""

    name: str
    level: str
    words: str
    dots: SafeString
    next_step: str
    topics: list[str]
    answered: int


def start_page(taking: Taking, *, now: datetime) -> dict[str, Any]:
    """Yield the context of the first page: the rules before, where things stand meanwhile, the result after."""
    plan = plan_of(taking.test)
    catalogue = catalogue_of(organisation=taking.organisation)
    is_ended = taking.state == TakingState.ENDED
    asked = list(taking.asked.all()) if is_ended else []
    shows = is_ended and taking.feedback == Feedback.SUMMARY
    return {
        "taking": taking,
        "plan": plan,
        "minutes": clock_minutes(taking, plan),
        "names": [name_of(catalogue, area.competency) for area in plan.areas],
        "least": plan.least_in_area,
        "is_invited": taking.state == TakingState.INVITED,
        "is_begun": taking.state == TakingState.BEGUN,
        "is_ended": is_ended,
        "is_cancelled": taking.state == TakingState.CANCELLED,
        "is_too_late": taking.state == TakingState.INVITED and now > taking.begin_by,
        "is_paused": taking.paused_at is not None,
        "areas": areas_shown(plan=plan, asked=asked, catalogue=catalogue) if shows else [],
        "stop_words": STOP_WORDS[Stop(taking.stop)] if is_ended else "",
        "feedback": Feedback(taking.feedback).label,
        "wish_state": WishState(taking.wish_state).label if taking.wish else "",
        "may_wish": taking.state in {TakingState.INVITED, TakingState.BEGUN},
    }


def question_page(
    taking: Taking, asked: Asked, *, now: datetime, form: QueryDict | None = None, fault: str = ""
) -> dict[str, Any]:
    """Yield the context of a question's page; ``form`` is what was sent and could not be taken."""
    plan = plan_of(taking.test)
    return {
        "taking": taking,
        "question": question_shown(asked, most=plan.items, form=form),
        "now": now,
        "fault": fault,
    }


def question_shown(asked: Asked, *, most: int, form: QueryDict | None = None) -> QuestionShown:
    """Yield a question; nothing of its key goes along."""
    variant = variant_in(asked)
    chosen = form.getlist("choice") if form else []
    return QuestionShown(
        ref=asked.ref,
        number=asked.position + 1,
        most=most,
        stem=html_of(variant.stem),
        how=KIND_WORDS.get(variant.kind, ""),
        widget=widget_of(variant),
        options=[
            OptionShown(
                one.id, html_of(one.text), one.id in chosen, form.get(f"place:{one.id}", "") if form else "", number
            )
            for number, one in enumerate(variant.options, 1)
        ],
        unit=variant.unit,
        typed=form.get("typed", "")[:400] if form else "",
    )


def widget_of(variant: Variant) -> str:
    """Yield by what kind of control a question is answered."""
    if isinstance(variant.key, OrderKey):
        return "order"
    if isinstance(variant.key, ChoiceKey) and variant.options:
        return "checkbox" if variant.kind == Kind.MULTIPLE else "radio"
    if isinstance(variant.key, LineKey):
        return "line"
    return "number" if isinstance(variant.key, NumberKey) else "text"


def areas_shown(*, plan: Plan, asked: list[Asked], catalogue: Catalogue) -> list[AreaShown]:
    """Yield each area in words and dots, from the answers of this test alone."""
    given = given_of(asked)
    found = []
    for area in plan.areas:
        own = [one for one in asked if one.competency == area.competency and one.category is not None]
        ability = ability_in(given=given, area=area.competency)
        level = level_of(ability=ability.mean)
        name = name_of(catalogue, area.competency)
        words = f"most likely {level_word(level)}" if own else "not measured"
        svg = dot_plot(mean=ability.mean, sd=ability.sd, bar=None, label=f"{name}: {words}", is_measured=bool(own))
        entry = catalogue.find(area.competency)
        found.append(
            AreaShown(
                name, level_word(level) if own else "not measured", words,
                mark_safe(svg),  # noqa: S308 -- built from numbers and an escaped label
                entry.levels[level] if entry and own and level < TOP_LEVEL else "", topics_of(own), len(own),
            )
        )  # fmt: skip
    return found


def topics_of(asked: list[Asked]) -> list[str]:
    """Yield what the questions that were not answered right were about, the easiest first: the next to learn."""
    missed = sorted((one for one in asked if not one.category), key=lambda one: one.difficulty)
    titles = {family.id: family.title for family in bank().families}
    return list(dict.fromkeys(titles[one.family] for one in missed if one.family in titles))[:MOST_TOPICS]


def clock_minutes(taking: Taking, plan: Plan) -> int:
    """Yield the minutes of the whole test, extra time included."""
    found = allowed(minutes=plan.minutes, extra_time_percent=taking.extra_time_percent)
    return round(found.total_seconds() / 60)


def name_of(catalogue: Catalogue, competency: str) -> str:
    """Yield a competency's name; its id where the map does not have it any more."""
    entry = catalogue.find(competency)
    return entry.name if entry else competency


def html_of(text: str) -> SafeString:
    """Yield an item's text as HTML."""
    return mark_safe(to_html(text))  # noqa: S308 -- the renderer escapes everything that an author wrote
