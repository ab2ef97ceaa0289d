"""Hiring loops compared on simulated pools. See ``docs/science/simlab.md``."""

from assay.science.simlab.policies import POLICIES
from assay.science.simlab.table import Estimate, PolicyRuns, difference, estimate, run
from assay.science.simlab.world import INSTRUMENTS, PESSIMISTIC, Instrument, World, draw_pool, world_with

__all__ = [
    "INSTRUMENTS",
    "PESSIMISTIC",
    "POLICIES",
    "Estimate",
    "Instrument",
    "PolicyRuns",
    "World",
    "difference",
    "draw_pool",
    "estimate",
    "run",
    "world_with",
]
