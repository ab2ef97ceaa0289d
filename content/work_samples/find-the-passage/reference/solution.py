"""Reference: BM25 over title and text, with the glossary's words made one and withdrawn passages left out."""

import json
import math
import re
from collections import Counter, defaultdict
from pathlib import Path

K1, B, TITLE = 1.2, 0.5, 2
STOPS = set("a an the is are of to in on for at by and or how what when which do does i we my our it be can with from".split())


def words(text, same):
    return [same.get(word, word) for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in STOPS]


def train(folder, seed):
    folder = Path(folder)
    same = {}
    for line in (folder / "glossary.txt").read_text().splitlines():
        group = [word.strip() for word in line.split("=")]
        same |= {word: group[0] for word in group}
    index, lengths, days = defaultdict(dict), [], []
    for place, line in enumerate((folder / "passages.jsonl").read_text().splitlines()):
        passage = json.loads(line)
        found = Counter(words(passage["text"], same))
        for word in words(passage["title"], same):
            found[word] += TITLE
        for word, count in found.items():
            index[word][place] = count
        lengths.append(sum(found.values()))
        days.append((passage["from_day"], passage["to_day"]))
    return same, dict(index), lengths, days


def predict(model, rows):
    return [answer(model, question, day) for question, day in rows]


def answer(model, question, day):
    same, index, lengths, days = model
    mean = sum(lengths) / len(lengths)
    scores = defaultdict(float)
    for word in set(words(question, same)):
        found = index.get(word, {})
        rarity = math.log(1 + (len(lengths) - len(found) + 0.5) / (len(found) + 0.5))
        for place, count in found.items():
            low, high = days[place]
            if low <= day and (high is None or day < high):
                scores[place] += rarity * count * (K1 + 1) / (count + K1 * (1 - B + B * lengths[place] / mean))
    return max(sorted(scores), key=scores.get) if scores else 0
