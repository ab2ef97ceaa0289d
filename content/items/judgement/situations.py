"""Situations at work. What is best is keyed by a written reason, not by code: every family stays a pilot.

The variants change who is concerned and what is at stake, never what is right about it.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from assay.itembank.making import choice, chosen_text, require
from assay.itembank.model import Family, Kind, Variant

SOURCE = "Own work; keyed by a written reason, after McDaniel et al. 2007, doi:10.1111/j.1744-6570.2007.00065.x"


class Situation(NamedTuple):
    """A situation with blanks, what fills them, what is best, what is less good and why."""

    text: str
    fills: tuple[dict[str, str], ...]
    best: str
    others: tuple[tuple[str, str], ...]
    reason: str


TO_A_LAYMAN = Situation(
    text="The {who} asks why the model for {what} “fell from 94 to 89 per cent” this month. The cause: {cause}. What do you say first?",
    fills=(
        {
            "who": "head of sales",
            "what": "lost customers",
            "cause": "a campaign brought customers unlike those it learned from",
        },
        {
            "who": "chief physician",
            "what": "bed planning",
            "cause": "a new ward sends patients that were not in its data",
        },
        {
            "who": "plant manager",
            "what": "faulty parts",
            "cause": "a supplier changed the coating and pictures look different",
        },
        {"who": "head of a shop", "what": "returns", "cause": "a new group of goods came that it had never seen"},
        {"who": "branch director", "what": "late payers", "cause": "a rule changed whom the bank lends to"},
        {"who": "dispatcher", "what": "arrival times", "cause": "a closed bridge sends lorries over new roads"},
    ),
    best="What changed out there, what it means for their work this week, and what you will do by when",
    others=(
        (
            "How the metric is worked out, so that they can judge the fall for themselves from now on",
            "the listener must understand the metric before the matter",
        ),
        (
            "That a few per cent are within what such models do, and that there is no need to worry",
            "calming comes before telling what is known",
        ),
        (
            "The distributions of all inputs before and after, as plots, with the test that shows the shift",
            "evidence for experts persuades those who are none",
        ),
    ),
    reason="Somebody who decides needs cause, consequence and next step in words of their own work; detail is offered, not poured out. Soothing without facts costs trust "
    "when the fall goes on.",
)

DISAGREEMENT = Situation(
    text="In the review of your {what} a colleague from {where} says your approach is wrong, before everybody, without a reason. What do you do?",
    fills=(
        {"what": "feature pipeline", "where": "the platform team"},
        {"what": "plan for an experiment", "where": "analytics"},
        {"what": "choice of a metric", "where": "product"},
        {"what": "data model", "where": "the warehouse team"},
        {"what": "deployment script", "where": "operations"},
        {"what": "labelling guide", "where": "the domain experts"},
    ),
    best="Ask what they see going wrong, and agree how the two of you could find out",
    others=(
        (
            "Say that everybody else has agreed to it already and go on to the next point",
            "a majority answers an argument that was not heard",
        ),
        (
            "Change it as they wish, since peace in the team matters more than one design",
            "giving way is the same as settling it",
        ),
        (
            "Answer in writing afterwards, with all your reasons and your lead in copy",
            "going above somebody settles a question of fact",
        ),
    ),
    reason="An objection without its reason may still be right; a question brings the reason out, and a test settles more than rank or numbers. Giving way hides what both could learn.",
)

DEADLINE = Situation(
    text="Two days before {event} you find that {fault}. The results that were announced are too good. Mending it takes a week. What do you do?",
    fills=(
        {"event": "the launch", "fault": "some test rows were in the training part"},
        {"event": "a board meeting", "fault": "the baseline was run on another period"},
        {"event": "a customer's demo", "fault": "a feature holds what is only known afterwards"},
        {"event": "the audit", "fault": "duplicates stand on both sides of the split"},
        {"event": "the press release", "fault": "the threshold was chosen on the test set"},
        {"event": "the go-live of a pilot", "fault": "labels of one site were copied from the model"},
    ),
    best="Tell those who decide today: what is known, how far the number may fall, and what they can choose between",
    others=(
        (
            "Work through both nights and tell them only if the new number turns out much lower than before",
            "news is kept until it is certain",
        ),
        (
            "Keep to the date and add to the slides that results on other data may always be different",
            "a general caution covers a known fault",
        ),
        (
            "Ask a colleague to take the meeting, as your own view of the matter is no longer quite neutral",
            "stepping aside is a way of telling",
        ),
    ),
    reason="Others decide on that number now. Early and with options, the news is cheap; found later by somebody else it costs the trust in everything that was measured. A general "
    "caution hides a fault that is known.",
)

NEW_TOOL = Situation(
    text="Your team has decided to move from {old} to {new}, which you have never used. Your project starts on Monday. How do you begin?",
    fills=(
        {"old": "scikit-learn scripts", "new": "a feature store"},
        {"old": "notebooks on a server", "new": "jobs on Kubernetes"},
        {"old": "TensorFlow", "new": "PyTorch"},
        {"old": "cron jobs", "new": "an orchestrator"},
        {"old": "pandas", "new": "Spark"},
        {"old": "hand-made dashboards", "new": "a monitoring service"},
    ),
    best="Build one thin piece of the project on it end to end, note what surprises you, and ask those who know it",
    others=(
        (
            "Read its documentation from the first page to the last, so that nothing is built on half knowledge",
            "reading comes before trying",
        ),
        (
            "Build it with what you know, and move it over when the project has shown that it is worth the effort",
            "the known tool is quicker in the end",
        ),
        (
            "Propose that somebody who knows it takes the project over, since they will make fewer mistakes at first",
            "who does not know it yet should not begin",
        ),
    ),
    reason="A small whole shows quickly where the difficulties lie and what to ask; reading everything first teaches little that stays, and waiting or handing on leaves one where one was.",
)

UNCLEAR = Situation(
    text="“We need AI for {what}. Can you have something in a month?” That is all the {who} tells you. What do you do first?",
    fills=(
        {"what": "our invoices", "who": "head of finance"},
        {"what": "the hotline", "who": "head of service"},
        {"what": "maintenance", "who": "plant manager"},
        {"what": "recruiting", "who": "head of people"},
        {"what": "the shop's search", "who": "product owner"},
        {"what": "our route plans", "who": "head of logistics"},
    ),
    best="Ask which decision or work should get better, how one would notice, and watch somebody do it today",
    others=(
        (
            "Gather all data that exist on it and see which patterns a first model finds in them by itself",
            "data come before the question",
        ),
        (
            "Name the models that are usual for it, with costs and times, so that they can choose one of them",
            "the method is the customer's choice",
        ),
        (
            "Ask for a written specification with inputs, outputs and accuracy, and begin when it has been signed",
            "who asks can specify before anybody has looked",
        ),
    ),
    reason="The aim is not known yet, and the one who asks cannot specify it alone. What should get better, how it is measured and how it is done today decide whether a model is needed at "
    "all.",
)

JUNIOR = Situation(
    text="A junior colleague has worked for {time} on {what} and tells you that it is “nearly done”. In their code you see that it cannot work as it is. What do you do?",
    fills=(
        {"time": "a week", "what": "a loader for images"},
        {"time": "ten days", "what": "a nightly job"},
        {"time": "a week", "what": "a search over settings"},
        {"time": "two weeks", "what": "a service for scores"},
        {"time": "eight days", "what": "an evaluation report"},
        {"time": "a week", "what": "a cleaning step"},
    ),
    best="Ask them to walk you through a small case by hand, so that they find the place, and agree on shorter steps from now on",
    others=(
        (
            "Write the part again yourself tonight, as the project is late, and explain it to them when there is more time for it",
            "being quick now is what helps the team",
        ),
        (
            "Let them go on, since people learn most from what fails, and look at it again when they say that it is ready",
            "a fault that is known should be found alone",
        ),
        (
            "List the faults in the review so that they are written down, and give the task to somebody with more experience",
            "a list of faults teaches how to find them",
        ),
    ),
    reason="They should understand the fault and be able to find the next one; a small case by hand shows it in minutes. Doing it oneself or watching it fail costs time and teaches little, and "
    "weeks without a look were the real mistake.",
)

PRIORITIES = Situation(
    text="Three things are wanted this week: {first}; {second}; {third}. You can do one well. How do you choose?",
    fills=(
        {
            "first": "a dashboard for the board",
            "second": "an alarm that is broken",
            "third": "a model one point better",
        },
        {"first": "a talk at a fair", "second": "a backup that nobody has tried", "third": "a newer library"},
        {
            "first": "a request by the loudest customer",
            "second": "rising errors of one group of users",
            "third": "tidier notebooks",
        },
        {"first": "a demo for sales", "second": "a job that loses rows now and then", "third": "a faster training"},
        {"first": "new plots", "second": "a password in a repository", "third": "a paper to reproduce"},
        {
            "first": "a survey of tools",
            "second": "drift in the inputs of the main model",
            "third": "a nicer name for the service",
        },
    ),
    best="By what harm waiting does, and you tell all three when theirs will come",
    others=(
        (
            "By who asked first, since any other order would be unfair to somebody",
            "order of arrival is what matters most",
        ),
        ("By who stands highest, since they see the whole better than you do", "rank stands for importance"),
        (
            "By doing a part of each, so that nobody has to wait for everything",
            "some of everything is better than one thing whole",
        ),
    ),
    reason="What gets worse by waiting comes first (here the fault that already does harm), and those who wait plan better with a date. A third of each helps nobody.",
)

HARM = Situation(
    text="A test before the release shows that the model for {what} is clearly worse for {whom}, {share} of the users. The product owner says: “On average it is better. Ship it.” What do you do?",
    fills=(
        {"what": "speech input", "whom": "people with an accent", "share": "8 %"},
        {"what": "skin pictures", "whom": "people with dark skin", "share": "12 %"},
        {"what": "credit", "whom": "people who moved lately", "share": "6 %"},
        {"what": "job proposals", "whom": "people who return to work", "share": "9 %"},
        {"what": "fraud", "whom": "customers from abroad", "share": "5 %"},
        {"what": "exam marks", "whom": "pupils of small schools", "share": "7 %"},
    ),
    best="Show what it means for these people, propose ways to release without harming them, and put the decision in writing where it belongs",
    others=(
        (
            "Ship it, since the owner decides and the average is what was agreed on, and note the gap for the next version of the model",
            "an agreed average settles what happens to a group",
        ),
        (
            "Take these users out of the test set, as there are too few of them to say anything that is certain about their results",
            "few people are no finding",
        ),
        (
            "Hold the release back on your own by leaving the last job undone until the owner has understood how serious the matter is",
            "a good end allows deciding in secret",
        ),
    ),
    reason="Average gains do not pay for harm to a group, and the one who found it must see that those who answer for it decide knowingly, with alternatives (a fallback for the group, a later start). "
    "Hiding it or blocking in secret takes the decision away.",
)

FEEDBACK = Situation(
    text="After {event} three people tell you that {what}. You had thought that it went well. What do you do next?",
    fills=(
        {"event": "your talk", "what": "they did not understand what you need from them"},
        {"event": "a review you wrote", "what": "it sounded scornful"},
        {"event": "your first month as lead", "what": "they do not know what matters to you"},
        {"event": "an incident", "what": "nobody knew what you were doing"},
        {"event": "a workshop", "what": "you answered before they had finished"},
        {"event": "a handover", "what": "they could not run your code"},
    ),
    best="Ask one of them for the moment when it happened, change one thing next time and ask again",
    others=(
        (
            "Explain to each of them what you had meant, so that the wrong impression does not stay",
            "a meaning that was not heard was there all the same",
        ),
        (
            "Wait until more people say it, as three may by chance be the ones who see it like that",
            "three who say the same are chance",
        ),
        (
            "Say sorry to all, and leave such tasks from now on to colleagues who have a talent for it",
            "a habit cannot be changed",
        ),
    ),
    reason="Three who say the same have seen something. A concrete moment shows what to change; one change with a check shows whether it helped. Explaining, waiting and giving up learn nothing.",
)

FOREIGN_FIELD = Situation(
    text="You are to model {what} and know nothing of the field. The data are there, the {expert} has an hour for you. What do you use it for?",
    fills=(
        {"what": "sepsis on a ward", "expert": "senior nurse"},
        {"what": "wear of drills", "expert": "machinist"},
        {"what": "money laundering", "expert": "investigator"},
        {"what": "empty shelves", "expert": "shop manager"},
        {"what": "delays of trains", "expert": "dispatcher"},
        {"what": "attacks on mail accounts", "expert": "analyst"},
    ),
    best="Go through ten real cases together: what they would look at, how values come about, what they never trust",
    others=(
        (
            "Let them explain the theory of the field from its beginning, as a base for everything that comes afterwards",
            "theory comes before cases",
        ),
        (
            "Show them your first model's weights, and let them say for each of the features whether its sign is right",
            "an expert's task is to check a model",
        ),
        (
            "Let them write a list of all features that might matter, and build these before you look at the data yourself",
            "an expert can list what they do without a case at hand",
        ),
    ),
    reason="Experts know more than they can list; at real cases it comes out: how numbers arise, which are entered late or by habit, what is known only afterwards. That saves a model from learning "
    "the files instead of the matter.",
)


def _maker(situation: Situation) -> Callable[[np.random.Generator], Variant]:
    def make(rng: np.random.Generator) -> Variant:
        fill = situation.fills[int(rng.integers(len(situation.fills)))]
        return choice(
            rng, stem=situation.text.format(**fill), right=situation.best, wrong=situation.others, explanation=situation.reason, kind=Kind.SITUATIONAL,
        )  # fmt: skip

    return make


def _checker(situation: Situation) -> Callable[[Variant], None]:
    def verify(variant: Variant) -> None:
        told = {situation.text.format(**fill) for fill in situation.fills}
        require(
            holds=variant.stem in told and chosen_text(variant) == situation.best,
            what="the option that the written reason names",
        )
        require(
            holds="{" not in variant.stem and len(told) == len(situation.fills),
            what="blanks are filled, each in another way",
        )

    return verify


def _family(name: str, title: str, situation: Situation, **loadings: float) -> Family:
    return partial(
        Family, domain="judgement", licence="Apache-2.0", source=SOURCE, is_pilot=True, kind=Kind.SITUATIONAL
    )(
        id=f"judgement/{name}",
        title=title,
        level=3,
        expected_s=75,
        loadings=loadings,
        make=_maker(situation),
        verify=_checker(situation),
    )


FAMILIES = (
    _family(
        "a-number-that-fell",
        "A number that fell, for somebody who decides",
        TO_A_LAYMAN,
        communication=1.0,
        product_business_sense=0.4,
    ),
    _family(
        "objection-in-a-review", "An objection without a reason", DISAGREEMENT, collaboration=1.0, communication=0.5
    ),
    _family("fault-before-a-date", "A fault found before a date", DEADLINE, responsible_ai=0.8, communication=0.7),
    _family("tool-never-used", "A tool that you have never used", NEW_TOOL, adaptability_learning=1.0),
    _family(
        "unclear-wish", "A wish that nobody has made clear", UNCLEAR, product_business_sense=1.0, problem_solving=0.7
    ),
    _family("stuck-junior", "A colleague who is stuck", JUNIOR, leadership_mentoring=1.0, collaboration=0.4),
    _family("three-wishes", "Three wishes for one week", PRIORITIES, problem_solving=0.8, product_business_sense=0.7),
    _family("harm-behind-an-average", "Harm behind an average", HARM, responsible_ai=1.0, communication=0.4),
    _family(
        "hard-feedback", "Feedback that you did not expect", FEEDBACK, adaptability_learning=1.0, communication=0.4
    ),
    _family("unknown-field", "An hour with an expert", FOREIGN_FIELD, collaboration=0.8, adaptability_learning=0.6),
)
