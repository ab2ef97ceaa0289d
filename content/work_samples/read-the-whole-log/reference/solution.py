"""Reference: a small recurrent network that is asked after the last event, not after the padding; of two starts the better on held-out logs.

The new logs are up to twice as long, so the held-out logs are the longest ones at hand: whoever only remembers places in the
sequence is found out there.
"""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

EVENTS, HIDDEN, EPOCHS, BATCH, STARTS = 17, 40, 15, 64, 2


def read(folder):
    labels, rows = [], []
    for line in (Path(folder) / "logs.csv").read_text().splitlines()[1:]:
        label, _, events = line.partition(",")
        labels.append(int(label))
        rows.append([int(event) for event in events.split()])
    return rows, np.array(labels)


def padded(rows):
    longest = max(len(row) for row in rows)
    return torch.tensor([row + [0] * (longest - len(row)) for row in rows])


class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(EVENTS, 16)
        self.cell = nn.GRU(16, HIDDEN, batch_first=True)
        self.out = nn.Linear(HIDDEN, 2)

    def forward(self, events):
        states, _ = self.cell(self.words(events))
        last = (events != 0).sum(1) - 1
        return self.out(states[torch.arange(len(events)), last])


def fit(x, y, seed):
    torch.manual_seed(seed)
    model = Reader()
    optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
    steps = EPOCHS * (len(y) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=1e-2, total_steps=steps)
    for _ in range(EPOCHS):
        order = torch.randperm(len(y))
        for at in range(len(y) // BATCH):
            rows = order[at * BATCH : (at + 1) * BATCH]
            loss = F.cross_entropy(model(x[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return model.eval()


def accuracy(model, x, y):
    with torch.no_grad():
        return float((model(x).argmax(1) == y).float().mean())


def train(folder, seed):
    torch.set_num_threads(1)
    rows, labels = read(folder)
    x, y = padded(rows), torch.as_tensor(labels)
    is_held = torch.tensor([len(row) for row in rows]) > 28
    models = [fit(x[~is_held], y[~is_held], seed + start) for start in range(STARTS)]
    return max(models, key=lambda model: accuracy(model, x[is_held], y[is_held]))


def predict(model, rows):
    with torch.no_grad():
        return model(torch.as_tensor(np.asarray(rows)).long()).argmax(1).tolist()
