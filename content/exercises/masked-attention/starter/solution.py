import numpy as np


def attention(q, k, v, lengths, heads, is_causal):
    ...
