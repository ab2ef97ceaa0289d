"""Attempts and scores in words and numbers for members."""

from typing import Any, NamedTuple

from assay.assessments.choices import ScoreState
from assay.assessments.models import Attempt, HandIn, Score, Sitting
from assay.grading.answers import STATUS_WORDS, Status
from assay.grading.metric import FLAG_WORDS

OTHER_FLAGS = {
    "tests-in-box": "The collection's tests ran in the hand-in's own box, where its code could have reached them",
    "duet-broken": "The tests ended in a way that the hand-in may have caused",
}


class AttemptShown(NamedTuple):
    """One task of a sitting, and what stands of it."""

    attempt: Attempt
    words: str
    score: Score | None
    hand_in: HandIn | None
    flags: tuple[str, ...]


class Around(NamedTuple):
    """A number with its interval, ready to be shown."""

    label: str
    value: str
    low: str
    high: str
    baseline: str
    reference: str
    low_place: float
    high_place: float
    place: float
    """Places on a line from 0 (a little below the baseline) to 100 (a little above the reference)."""


def attempts_shown(sitting: Sitting) -> list[AttemptShown]:
    """Yield a whole sitting's attempts, practice left out."""
    return [shown(attempt) for attempt in sitting.attempts.all() if not attempt.is_practice]


def shown(attempt: Attempt) -> AttemptShown:
    """Yield an attempt whose hand-ins and scores were fetched with it."""
    hand_ins = list(attempt.hand_ins.all())
    counted = next((one for one in hand_ins if one.counts), hand_ins[-1] if hand_ins else None)
    scores = list(counted.scores.all()) if counted else []
    score = next((one for one in scores if one.is_current), scores[0] if scores else None)
    return AttemptShown(attempt, _words(attempt, score), score, counted, flags_of(score))


def flags_of(score: Score | None) -> tuple[str, ...]:
    """Yield a score's flags as sentences."""
    known = FLAG_WORDS | OTHER_FLAGS
    return tuple(known.get(flag, flag) for flag in score.flags) if score else ()


def parts_of(score: Score) -> list[dict[str, Any]]:
    """Yield the groups of a graded score with their cases."""
    marks: dict[str, Any] = score.marks or {"groups": [], "cases": []}
    return [
        {
            **group,
            "is_met": group["passed"] == group["cases"],
            "rows": [
                {**case, "words": STATUS_WORDS[Status(case["status"])], "is_met": case["share"] == 1}
                for case in marks["cases"]
                if case["group"] == group["name"]
            ],
        }
        for group in marks["groups"]
    ]


def metric_of(score: Score) -> Around | None:
    """Yield a score's metric with its interval beside baseline and reference."""
    found = (score.marks or {}).get("metric")
    if not found or not found.get("value"):
        return None
    value, low_end, high_end = found["value"], found["baseline"], found["reference"]
    ends = [value["low"], value["high"], low_end, high_end]
    width = (max(ends) - min(ends)) or 1.0
    start = min(ends) - 0.05 * width
    is_reversed = high_end < low_end  # an error: less is better, so the better end stays on the right

    def place(number: float) -> float:
        share: float = 100 * (number - start) / (1.1 * width)
        return 100 - share if is_reversed else share

    lows = sorted((place(value["low"]), place(value["high"])))
    return Around(
        label=found["label"], value=f"{value['value']:.4g}", low=f"{value['low']:.4g}", high=f"{value['high']:.4g}",
        baseline=f"{low_end:.4g}", reference=f"{high_end:.4g}", low_place=lows[0], high_place=lows[1],
        place=place(value["value"]),
    )  # fmt: skip


def _words(attempt: Attempt, score: Score | None) -> str:
    if score is None:
        return attempt.get_state_display()
    if score.state != ScoreState.DONE or score.marks is None:
        return score.get_state_display()
    groups = score.marks["groups"]
    met = sum(group["passed"] == group["cases"] for group in groups)
    words = [f"{met} of {len(groups)} parts hold"] if groups else []
    if metric := score.marks.get("metric"):
        words.append(f"{metric['label']} {'reached' if metric['status'] == 'OK' else 'not reached'}")
    return ", ".join(words)
