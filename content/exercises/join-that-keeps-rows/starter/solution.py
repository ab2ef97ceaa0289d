import pandas as pd


def enrich(facts, attributes):
    ...
