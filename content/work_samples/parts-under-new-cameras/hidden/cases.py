"""Invented photographs of marked parts: a mark somewhere in a noisy picture; each camera has a look of its own.

In the known plants a camera mostly sees one kind of part, so its look nearly gives the label; in new ones it says nothing.
"""

import io

import numpy as np

SIDE, MARK, KINDS, CAMERAS = 20, 7, 6, 6
SHOWN, ASKED = 3600, 5000
LEAN = 0.8
"""Share of a known camera's pictures that are of its own kind of part."""


def marks(rng):
    """Marks of four strokes each, no two of which agree in more than two thirds of what either has."""
    found = []
    while len(found) < KINDS:
        mark = np.zeros((MARK, MARK))
        for _ in range(4):
            at, start = rng.integers(0, MARK), rng.integers(0, 3)
            stroke = slice(start, start + rng.integers(4, 6))
            if rng.random() < 0.5:
                mark[at, stroke] = 1
            else:
                mark[stroke, at] = 1
        alike = [min((mark * one).sum() / max(mark.sum(), one.sum()), 1) for one in found]
        if mark.sum() >= 13 and max(alike, default=0) < 0.62:
            found.append(mark)
    return found


def look(rng):
    """What a camera adds to every picture: light from one side, a few hot pixels, its own contrast."""
    down, across = rng.uniform(-1.5, 1.5, 2)
    grid = np.linspace(-1, 1, SIDE)
    field = 28 * (down * grid[:, None] + across * grid[None, :])
    hot = rng.integers(0, SIDE, (5, 2))
    field[hot[:, 0], hot[:, 1]] += rng.choice([-70, 70], 5)
    return field + rng.uniform(-25, 25), rng.uniform(0.75, 1.25)


def picture(rng, mark, camera):
    field, contrast = camera
    image = 118 + field + rng.normal(0, 16, (SIDE, SIDE))
    down, across = rng.integers(0, SIDE - MARK + 1, 2)
    # Dark paint or light paint: the shape says what it is, not the sign.
    paint = rng.choice([-1, 1]) * contrast * rng.uniform(42, 62)
    image[down : down + MARK, across : across + MARK] += paint * mark
    scratch = rng.integers(0, SIDE, 2)
    image[scratch[0], : scratch[1] // 2 + 3] += rng.choice([-40, 40])
    return image.clip(0, 255).round().astype(np.uint8)


def data(seed):
    rng = np.random.default_rng([seed, 77])
    kinds = marks(rng)
    known = [look(rng) for _ in range(CAMERAS)]
    camera = rng.integers(0, CAMERAS, SHOWN)
    label = np.where(rng.random(SHOWN) < LEAN, camera, rng.integers(0, KINDS, SHOWN))
    images = np.stack([picture(rng, kinds[kind], known[one]) for kind, one in zip(label, camera)])
    truth = rng.integers(0, KINDS, ASKED)
    new = [look(rng) for _ in range(12)]
    asked = np.stack([picture(rng, kinds[kind], new[rng.integers(0, 12)]) for kind in truth])
    file = io.BytesIO()
    np.savez_compressed(file, images=images, labels=label.astype(np.int64), cameras=camera.astype(np.int64))
    return {
        "files": {"parts.npz": file.getvalue()},
        "inputs": asked.reshape(ASKED, -1).tolist(),
        "truth": truth.tolist(),
    }
