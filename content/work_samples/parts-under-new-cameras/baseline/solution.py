"""Baseline: one weight a pixel and kind."""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F


def train(folder, seed):
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    known = np.load(Path(folder) / "parts.npz")
    x = torch.as_tensor(known["images"].reshape(len(known["labels"]), -1), dtype=torch.float32) / 255
    y = torch.as_tensor(known["labels"])
    model = torch.nn.Linear(x.shape[1], 6)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for _ in range(150):
        loss = F.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


def predict(model, rows):
    with torch.no_grad():
        return model(torch.as_tensor(np.asarray(rows), dtype=torch.float32) / 255).argmax(1).tolist()
