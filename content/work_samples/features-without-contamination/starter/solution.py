import pandas as pd


def learn(rows):
    ...


def transform(state, rows):
    ...


def fold_of(rows, folds):
    ...


def transform_training(rows, folds=5):
    ...


def cross_validate(rows, fit, predict, score, folds=5):
    ...
