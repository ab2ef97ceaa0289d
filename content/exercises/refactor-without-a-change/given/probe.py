"""How you will be called where an argument must stay as it was."""

import copy

from solution import report


def unchanged(orders, today, rates):
    before = copy.deepcopy([orders, rates])
    report(orders, today=today, rates=rates)
    return [orders, rates] == before


def viva(orders):
    return report(orders, today="2026-03-05", rates={"EUR": 1.0})
