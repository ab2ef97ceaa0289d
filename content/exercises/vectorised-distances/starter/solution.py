import numpy as np


def nearest(points, centres, weights):
    ...
