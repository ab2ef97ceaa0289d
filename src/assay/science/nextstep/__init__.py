"""Which evidence to gather next, by its worth per minute. See ``docs/science/nextstep.md``."""

from assay.science.nextstep.assessments import interview, knowledge_test, work_sample
from assay.science.nextstep.value import (
    DEFAULT_PRICE,
    Assessment,
    NextStep,
    PoolPlan,
    bundle_of,
    change_sds,
    p_decision_changes,
    plan_steps,
    ranking_thresholds,
    value_of_information,
)

__all__ = [
    "DEFAULT_PRICE",
    "Assessment",
    "NextStep",
    "PoolPlan",
    "bundle_of",
    "change_sds",
    "interview",
    "knowledge_test",
    "p_decision_changes",
    "plan_steps",
    "ranking_thresholds",
    "value_of_information",
    "work_sample",
]
