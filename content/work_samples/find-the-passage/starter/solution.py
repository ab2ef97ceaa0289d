import json
from pathlib import Path


def train(folder, seed):
    return [json.loads(line) for line in (Path(folder) / "passages.jsonl").read_text().splitlines()]


def predict(model, rows):
    ...
