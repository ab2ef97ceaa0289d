import json
import re
from pathlib import Path


def words(text):
    return set(re.findall(r"[a-z0-9]+", text.lower()))


def train(folder, seed):
    lines = (Path(folder) / "passages.jsonl").read_text().splitlines()
    return [words(passage["title"] + " " + passage["text"]) for passage in map(json.loads, lines)]


def predict(model, rows):
    answers = []
    for question, _ in rows:
        asked = words(question)
        answers.append(max(range(len(model)), key=lambda place: len(model[place] & asked)))
    return answers
