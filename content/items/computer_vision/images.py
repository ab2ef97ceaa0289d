"""Boxes, masks, kernels and what may be done to images."""

from functools import partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

SOURCE = "Own work, after the definitions of the measures"
family = partial(Family, domain="computer_vision", source=SOURCE, licence="Apache-2.0")


def _overlap(rng: np.random.Generator) -> Variant:
    width, height = int(rng.integers(4, 10)) * 2, int(rng.integers(4, 10)) * 2
    right, down = int(rng.integers(1, width - 1)), int(rng.integers(0, height - 1))
    shared = (width - right) * (height - down)
    value = shared / (2 * width * height - shared)
    return number(
        stem=f"Two boxes of {width} × {height} pixels: the second lies {right} pixels further right and {down} further down than the first. "
        "What is their **intersection over union**?",
        value=value, tolerance_abs=0.006,
        explanation=f"Intersection ({width} - {right}) · ({height} - {down}) = {shared}; union 2 · {width * height} - {shared}.",
    )  # fmt: skip


def _check_overlap(variant: Variant) -> None:
    width, height, right, down = (int(one) for one in numbers_in(variant.stem))
    first, second = np.zeros((2, 2 * height, 2 * width), dtype=bool)
    first[:height, :width] = True
    second[down : down + height, right : right + width] = True
    require(
        holds=abs((first & second).sum() / (first | second).sum() - value_of(variant)) < 1e-9, what="counting pixels"
    )


def _suppression(rng: np.random.Generator) -> Variant:
    starts = np.sort(rng.choice(np.arange(0, 31, 2), 5, replace=False))
    scores = rng.choice(np.arange(50, 100), 5, replace=False) / 100
    kept: list[int] = []
    for place in np.argsort(-scores):
        if all(_overlap_of(starts[place], starts[other]) <= 0.5 for other in kept):
            kept.append(int(place))
    rows = "\n".join(f"| {start} to {start + 10} | {score:.2f} |" for start, score in zip(starts, scores, strict=True))
    return number(
        stem=f"Five boxes of one class have the same height and vertical place. From left to right they cover:\n\n| x | score |\n| - | - |\n{rows}"
        "\n\nNon-maximum suppression drops what overlaps a kept box by **more than 0.5** (intersection over union). How many boxes stay?",
        value=len(kept),
        explanation="From the highest score down, a box stays unless it overlaps one that stays: those at "
        f"{', '.join(str(starts[one]) for one in sorted(kept))}. A dropped box drops no other.",
    )  # fmt: skip


def _overlap_of(first: int, second: int) -> float:
    shared = max(0, 10 - abs(int(first) - int(second)))
    return shared / (20 - shared)


def _check_suppression(variant: Variant) -> None:
    rows = [numbers_in(line) for line in variant.stem.split("\n") if " to " in line and line.startswith("|")]
    masks = {score: np.isin(np.arange(50), np.arange(int(start), int(end))) for start, end, score in rows}
    left, kept = sorted(masks), 0
    while left:
        best, kept = masks[left.pop()], kept + 1
        left = [one for one in left if (best & masks[one]).sum() / (best | masks[one]).sum() <= 0.5]
    require(holds=kept == value_of(variant), what="suppression on pixels")


def _receptive(rng: np.random.Generator) -> Variant:
    first, second, kernel = int(rng.integers(1, 4)), int(rng.integers(1, 4)), int(rng.choice([3, 5]))
    value = 1 + first * (kernel - 1) + 1 + second * (kernel - 1) * 2
    return number(
        stem=f"A network has {first} convolution(s) of {kernel} × {kernel} with stride 1, then 2 × 2 pooling with stride 2, then {second} more "
        f"convolution(s) of {kernel} × {kernel} with stride 1. How many input pixels **wide** is the receptive field of one output unit?",
        value=value,
        explanation=f"1 + {first} · {kernel - 1} before pooling, + 1 for pooling, and each step after it counts twice: {second} · {kernel - 1} · 2. "
        f"Together {value}.",
    )  # fmt: skip


def _check_receptive(variant: Variant) -> None:
    first, kernel, _, _, _, _, _, second = (int(one) for one in numbers_in(variant.stem)[:8])
    seen = np.ones(1)  # from one output unit back to the input
    for _ in range(second):
        seen = np.convolve(seen, np.ones(kernel))
    seen = np.repeat(seen, 2)
    for _ in range(first):
        seen = np.convolve(seen, np.ones(kernel))
    require(holds=np.count_nonzero(seen) == value_of(variant), what="tracing one unit back")


_ARROW = np.array([[0, 1, 0, 0], [1, 1, 1, 1], [0, 1, 0, 0]])
_SIX = np.array([[1, 0, 0], [1, 1, 1], [1, 0, 1], [1, 1, 1]])
_AUGMENTATIONS = {
    "mirroring from left to right": "mirroring is thought to be safe or harmful for all images alike",
    "turning by 180 degrees": "turning is thought to be safe or harmful for all images alike",
    "dropping the colour": "colour is thought to be noise or signal for all images alike",
    "a little noise in brightness": "any change of pixels is taken for a change of what is shown",
    "shifting by a few pixels": "a shift is taken for a change of what is shown",
}
_TASKS = {
    "arrows to the left and arrows to the right on road signs": "mirroring from left to right",
    "the printed digits 6 and 9": "turning by 180 degrees",
    "green and red peppers of the same shape": "dropping the colour",
}


def _augmentation(rng: np.random.Generator) -> Variant:
    task, right = list(_TASKS.items())[int(rng.integers(0, 3))]
    others = [one for one in _AUGMENTATIONS if one != right and not ("arrows" in task and "turning" in one)]
    wrong = [str(one) for one in rng.choice(others, 3, replace=False)]
    return choice(
        rng,
        stem=f"A classifier tells {task} apart. Which augmentation of the training images, with the **label kept**, teaches it something wrong?",
        right=right,
        wrong=[(one, _AUGMENTATIONS[one]) for one in wrong],
        explanation="An augmentation must leave what the label says unchanged; this one turns an image of one class into one of the other.",
    )


def _check_augmentation(variant: Variant) -> None:
    pairs = {
        "arrows": (_ARROW, _ARROW[:, ::-1]), "digits": (_SIX, _SIX[::-1, ::-1]), "peppers": (np.dstack([_SIX, 0 * _SIX]), np.dstack([0 * _SIX, _SIX])),
    }  # fmt: skip
    first, second = next(pair for name, pair in pairs.items() if name in variant.stem)
    changes = {
        "mirroring": lambda image: image[:, ::-1], "turning": lambda image: image[::-1, ::-1],
        "dropping": lambda image: image.sum(axis=2) if image.ndim == 3 else image,
        "a little": lambda image: image + 0.1, "shifting": lambda image: image,
    }  # fmt: skip
    for option in variant.options:
        change = next(change for name, change in changes.items() if option.text.startswith(name))
        other = second if option.text != "dropping the colour" else change(second)
        confuses = bool(np.array_equal(change(first), other))
        require(holds=confuses == (option.text == chosen_text(variant)), what=f"{option.text} of small images")


def _dice(rng: np.random.Generator) -> Variant:
    hits, missed, extra = (int(one) * 10 for one in rng.integers(3, 30, 3))
    value = 2 * hits / (2 * hits + missed + extra)
    return number(
        stem=f"A mask marks {hits + extra} pixels as tumour, the expert's {hits + missed}; {hits} pixels are in both. What is the **Dice** coefficient?",
        value=value, tolerance_abs=0.006,
        explanation=f"2 · {hits} / ({hits + extra} + {hits + missed}) = {value:.3f}. Intersection over union would be "
        f"{hits / (hits + missed + extra):.3f}.",
    )  # fmt: skip


def _check_dice(variant: Variant) -> None:
    marked, expert, both = (int(one) for one in numbers_in(variant.stem))
    pixels = np.arange(marked + expert)
    ours, theirs = pixels < marked, (pixels >= marked - both) & (pixels < marked - both + expert)
    overlap = (ours & theirs).sum() / (ours | theirs).sum()
    require(holds=abs(2 * overlap / (1 + overlap) - value_of(variant)) < 1e-9, what="from the intersection over union")


def _pooled(rng: np.random.Generator) -> Variant:
    image = rng.integers(0, 10, (4, 4))
    blocks = image.reshape(2, 2, 2, 2).swapaxes(1, 2)
    value = int(blocks.max(axis=(2, 3)).sum())
    rows = "\n".join("| " + " | ".join(str(one) for one in row) + " |" for row in image)
    return number(
        stem=f"This feature map goes through **max pooling** of 2 × 2 with stride 2:\n\n{rows}\n\nWhat is the **sum** of the four outputs?",
        value=value,
        explanation=f"The largest values of the four quarters are {blocks.max(axis=(2, 3)).ravel().tolist()}.",
    )  # fmt: skip


def _check_pooled(variant: Variant) -> None:
    rows = [[int(one) for one in numbers_in(line)] for line in variant.stem.split("\n") if line.startswith("|")]
    largest = [max(rows[i + a][j + b] for a in (0, 1) for b in (0, 1)) for i in (0, 2) for j in (0, 2)]
    require(holds=sum(largest) == value_of(variant), what="quarter by quarter")


FAMILIES = (
    family(
        id="computer_vision/overlap-of-boxes", title="Intersection over union of two boxes", loadings={"computer_vision": 1.0},
        kind=Kind.NUMERIC, level=2, expected_s=80, make=_overlap, verify=_check_overlap,
    ),
    family(
        id="computer_vision/suppression", title="Boxes left by non-maximum suppression", loadings={"computer_vision": 1.0},
        kind=Kind.NUMERIC, level=4, expected_s=150, make=_suppression, verify=_check_suppression,
    ),
    family(
        id="computer_vision/receptive-field", title="Receptive field across a pooling",
        loadings={"computer_vision": 1.0, "deep_learning": 0.7}, kind=Kind.NUMERIC, level=4, expected_s=120, make=_receptive,
        verify=_check_receptive,
    ),
    family(
        id="computer_vision/harmful-augmentation", title="An augmentation that changes the label",
        loadings={"computer_vision": 1.0, "data_preparation": 0.5}, kind=Kind.SINGLE, level=2, expected_s=45, make=_augmentation,
        verify=_check_augmentation,
    ),
    family(
        id="computer_vision/dice", title="Dice coefficient of a mask", loadings={"computer_vision": 1.0, "evaluation_metrics": 0.6},
        kind=Kind.NUMERIC, level=3, expected_s=70, make=_dice, verify=_check_dice,
    ),
    family(
        id="computer_vision/max-pooling", title="Max pooling of a small map", loadings={"computer_vision": 0.8, "deep_learning": 0.8},
        kind=Kind.NUMERIC, level=1, expected_s=60, make=_pooled, verify=_check_pooled,
    ),
)  # fmt: skip
