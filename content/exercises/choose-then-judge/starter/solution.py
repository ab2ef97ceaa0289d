import numpy as np


def predicted(x, y, penalty, new):
    ...


def best_penalty(x, y, penalties, folds):
    ...


def nested(x, y, penalties, folds):
    ...


def final(x, y, penalties, folds):
    ...
