import pandas as pd


def daily(sales, zones):
    ...
