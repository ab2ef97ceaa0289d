from collections import Counter
from math import log


def search(documents, query, k1, b, top):
    average = sum(map(len, documents)) / len(documents)
    counts = [Counter(document) for document in documents]
    scores = {}
    for word in sorted(set(query)):
        n = sum(word in count for count in counts)
        idf = log(1 + (len(documents) - n + 0.5) / (n + 0.5))
        for place, count in enumerate(counts):
            f = count[word]
            if f:
                length = 1 - b + b * len(documents[place]) / average
                scores[place] = scores.get(place, 0.0) + idf * f * (k1 + 1) / (f + k1 * length)
    return sorted(scores, key=lambda place: (-round(scores[place], 9), place))[:top]
