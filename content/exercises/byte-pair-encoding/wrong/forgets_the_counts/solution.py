from collections import Counter


def train(counts, merges):
    words = [(list(word), count) for word, count in counts.items()]
    found = []
    for _ in range(merges):
        pairs = Counter()
        for symbols, count in words:
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += 1 + (count > 1)
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        if pairs[best] < 2:
            break
        found.append(list(best))
        words = [(joined(symbols, best), count) for symbols, count in words]
    return found


def joined(symbols, pair):
    out, place = [], 0
    while place < len(symbols):
        if tuple(symbols[place : place + 2]) == tuple(pair):
            out.append(symbols[place] + symbols[place + 1])
            place += 2
        else:
            out.append(symbols[place])
            place += 1
    return out


def encode(word, pairs):
    symbols = list(word)
    for pair in pairs:
        symbols = joined(symbols, pair)
    return symbols
