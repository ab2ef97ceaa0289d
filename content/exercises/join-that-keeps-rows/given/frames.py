"""Makes frames of lists, calls your function and looks whether they stayed as they were."""

import pandas as pd
import solution


def enriched(facts, attributes):
    left = pd.DataFrame(facts, columns=["key", "value"], dtype=object).set_axis([7 * n % 5 for n in range(len(facts))])
    right = pd.DataFrame(attributes, columns=["key", "name", "updated"], dtype=object)
    kept = left.copy(), right.copy()
    answer = solution.enrich(left, right)
    return answer if kept[0].equals(left) and kept[1].equals(right) else "the tables were changed"
