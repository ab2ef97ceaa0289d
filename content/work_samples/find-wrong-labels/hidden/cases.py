"""Five curved classes; batches of near repeats; annotators of different care; mistakes mostly between two likely classes."""

import io

import numpy as np
import pandas as pd

ROWS, WIDTH, CLASSES, DEPTH = 6000, 12, 5, 3


def data(seed):
    rng = np.random.default_rng([seed, 71])
    middles = rng.normal(0, 1.0, (CLASSES, DEPTH, WIDTH))
    care = rng.permutation([0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3])
    rival = np.array([rng.permutation([k for k in range(CLASSES) if k != c])[:2] for c in range(CLASSES)])
    batch, annotator, truth, written, features = [], [], [], [], []
    while len(truth) < ROWS:
        number, who, kind = len(set(batch)), rng.integers(8), rng.integers(CLASSES)
        middle = middles[kind, rng.integers(DEPTH)] + rng.normal(0, 0.9, WIDTH)
        size = int(min(rng.integers(5, 15), ROWS - len(truth)))
        errs = rng.random() < care[who]
        other = rng.choice(rival[kind])
        for _ in range(size):
            slips = rng.random() < (0.85 if errs else 0.015)
            batch.append(number)
            annotator.append(int(who))
            truth.append(kind)
            written.append(int(other) if slips else int(kind))
            features.append(middle + rng.normal(0, 0.15, WIDTH))
    order = rng.permutation(ROWS)
    columns = {"photo": np.arange(ROWS), "annotator": np.array(annotator)[order], "batch": np.array(batch)[order]}
    x = np.round(np.array(features)[order], 3)
    columns |= {f"f{n}": x[:, n] for n in range(WIDTH)}
    columns["label"] = np.array(written)[order]
    text = io.StringIO()
    pd.DataFrame(columns).to_csv(text, index=False)
    wrong = (np.array(truth) != np.array(written))[order]
    return {
        "files": {"photos.csv": text.getvalue()},
        "inputs": [[int(one)] for one in range(ROWS)],
        "truth": wrong.astype(int).tolist(),
    }
