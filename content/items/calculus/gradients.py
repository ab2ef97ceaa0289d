"""Derivatives, steps along them, and where they end."""

import math
from functools import partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

SOURCE = "Own work, after what any course in optimisation teaches"
family = partial(Family, domain="calculus", source=SOURCE, licence="Apache-2.0")


def _step(rng: np.random.Generator) -> Variant:
    a, b, start = int(rng.integers(1, 5)), int(rng.integers(-9, 10)), int(rng.integers(2, 9))
    rate = float(rng.choice([0.01, 0.05, 0.1, 0.2]))
    slope = 2 * a * start + b
    return number(
        stem=f"The loss is $`L(w) = {a} w^2 {b:+d} w`$. Gradient descent starts at w = {start} with a learning rate of {rate:g}. "
        "What is w after **one** step?",
        value=start - rate * slope, tolerance_abs=0.006,
        explanation=f"The slope is 2 · {a} · {start} + ({b}) = {slope}; the step goes against it, {rate:g} times as far.",
    )  # fmt: skip


def _check_step(variant: Variant) -> None:
    a, b, start, rate = numbers_in(variant.stem.replace("w^2", " "))

    def loss(w: float) -> float:
        return a * w * w + b * w

    slope = (loss(start + 1e-5) - loss(start - 1e-5)) / 2e-5
    require(holds=abs(start - rate * slope - value_of(variant)) < 1e-6, what="slope by differences")


def _diverging(rng: np.random.Generator) -> Variant:
    a = int(rng.choice([2, 4, 5, 8, 10, 20, 25, 40, 50]))
    return choice(
        rng,
        stem=f"Plain gradient descent minimises $`f(w) = {a} w^2`$ from w = 1. **Above** which learning rate does w run away?",
        right=f"{1 / a:g}",
        wrong=[
            (f"{0.5 / a:g}", "the step that lands in the minimum is taken for the last one that converges"),
            (f"{2 / a:g}", "the curvature is taken for a instead of 2a"),
            (f"{10 / a:g}", "only the slope at the start limits the step"),
        ],
        explanation=f"A step multiplies w by 1 - 2 · {a} · rate. Its size exceeds 1 as soon as the rate exceeds 1/{a}.",
    )


def _check_diverging(variant: Variant) -> None:
    a, rate = numbers_in(variant.stem.replace("·w", " "))[0], float(chosen_text(variant))
    ends = []
    for share in (0.98, 1.02):
        w = 1.0
        for _ in range(400):
            w -= share * rate * 2 * a * w
        ends.append(abs(w))
    require(holds=ends[0] < 1e-3 and ends[1] > 1e3, what="running the descent on both sides of the border")


def _chain(rng: np.random.Generator) -> Variant:
    p, x, y = int(rng.integers(2, 10)) / 10, int(rng.integers(2, 7)), int(rng.integers(0, 2))
    value = 2 * (p - y) * p * (1 - p) * x
    return number(
        stem="A unit computes $`p = \\sigma(w x + b)`$ with the logistic function. "
        f"For one case x = {x}, the target is y = {y} and the unit says p = {p}. "
        "The loss is $`(p - y)^2`$. What is the derivative of the loss with respect to **w**?",
        value=value, tolerance_abs=0.006,
        explanation="Chain rule: $`2(p - y) \\cdot p(1 - p) \\cdot x`$"
        f" = 2 · {p - y:.1f} · {p * (1 - p):.2f} · {x} = {value:.3f}.",
    )  # fmt: skip


def _check_chain(variant: Variant) -> None:
    x, y, p = numbers_in(variant.stem.split("For one case")[1])[:3]
    logit = math.log(p / (1 - p))

    def loss(change: float) -> float:
        return float((1 / (1 + math.exp(-(logit + change * x))) - y) ** 2)

    require(holds=abs((loss(1e-5) - loss(-1e-5)) / 2e-5 - value_of(variant)) < 1e-6, what="derivative by differences")


_POINTS = ("a minimum", "a maximum", "a saddle point", "neither, since it cannot be told from these")


def _stationary(rng: np.random.Generator) -> Variant:
    a, c = int(rng.integers(2, 6)) * int(rng.choice([-1, 1])), int(rng.integers(2, 6))
    c = c if rng.random() < 0.3 else (c if a > 0 else -c)
    b = int(rng.choice([-7, -6, -1, 0, 1, 6, 7]))
    right = _POINTS[2] if a * c - b * b < 0 else _POINTS[0 if a > 0 else 1]
    mixes = {
        _POINTS[0]: "positive entries are taken for positive curvature everywhere",
        _POINTS[1]: "the sign of one entry decides",
        _POINTS[2]: "a Hessian with any negative entry is taken for indefinite",
        _POINTS[3]: "second derivatives are thought to say nothing at a stationary point",
    }
    return choice(
        rng,
        stem=f"At a point with gradient 0 the Hessian of a loss in two weights is\n\n| {a} | {b} |\n| {b} | {c} |\n\nThe point is …",
        right=right,
        wrong=[(text, mix) for text, mix in mixes.items() if text != right],
        explanation=f"Its determinant is {a * c - b * b}: negative means curvature of both signs; positive, that both have the sign of {a}.",
    )


def _check_stationary(variant: Variant) -> None:
    a, b, _, c = numbers_in(variant.stem)[-4:]
    angles = np.linspace(0, math.pi, 2000)
    bends = a * np.cos(angles) ** 2 + 2 * b * np.cos(angles) * np.sin(angles) + c * np.sin(angles) ** 2
    found = _POINTS[0] if bends.min() > 0 else _POINTS[1] if bends.max() < 0 else _POINTS[2]
    require(holds=found == chosen_text(variant), what="curvature in every direction")


def _momentum(rng: np.random.Generator) -> Variant:
    momentum, rate, slope = (
        float(rng.choice([0.5, 0.8, 0.9, 0.95])),
        float(rng.choice([0.01, 0.1])),
        int(rng.integers(2, 9)),
    )
    value = rate * slope / (1 - momentum)
    return number(
        stem=f"Each step sets $`v \\leftarrow {momentum:g} v + g`$ and $`w \\leftarrow w - {rate:g} v`$. The gradient g stays at {slope} for very many steps. "
        "What does the **length of a step** of w tend to?",
        value=value, tolerance_rel=0.01,
        explanation=f"v tends to g / (1 - {momentum:g}) = {slope / (1 - momentum):g}; times {rate:g} that is {value:g}.",
    )  # fmt: skip


def _check_momentum(variant: Variant) -> None:
    momentum, rate, slope = numbers_in(variant.stem.replace("·v", " "))
    speed = 0.0
    for _ in range(2000):
        speed = momentum * speed + slope
    require(holds=abs(rate * speed - value_of(variant)) < 1e-6, what="two thousand steps")


def _softmax_gradient(rng: np.random.Generator) -> Variant:
    first, second = int(rng.integers(1, 5)), int(rng.integers(1, 5))
    shares = [first / 10, second / 10, (10 - first - second) / 10]
    true, asked = int(rng.integers(0, 3)), int(rng.integers(0, 3))
    value = shares[asked] - (true == asked)
    return number(
        stem=f"Softmax gives three classes A, B, C the probabilities {', '.join(f'{one:g}' for one in shares)}. The true class is "
        f"**{'ABC'[true]}**. What is the derivative of the cross-entropy with respect to the **logit of {'ABC'[asked]}**?",
        value=value, tolerance_abs=0.006,
        explanation=f"It is probability less target: {shares[asked]:g} - {int(true == asked)} = {value:g}.",
    )  # fmt: skip


def _check_softmax_gradient(variant: Variant) -> None:
    logits = np.log(numbers_in(variant.stem)[:3])
    true, asked = (
        "ABC".index(part[0]) for part in (variant.stem.split("class is **")[1], variant.stem.split("logit of ")[1])
    )
    ends = []
    for change in (1e-5, -1e-5):
        moved = logits + change * np.eye(3)[asked]
        ends.append(float(np.log(np.exp(moved).sum()) - moved[true]))
    require(holds=abs((ends[0] - ends[1]) / 2e-5 - value_of(variant)) < 1e-6, what="derivative by differences")


def _soft_threshold(rng: np.random.Generator) -> Variant:
    penalty, best = int(rng.integers(1, 6)), int(rng.integers(-9, 10))
    value = math.copysign(max(abs(best) - penalty, 0), best) + 0.0
    return number(
        stem=f"Without a penalty a weight would be {best}: the loss is $`\\frac{{1}}{{2}}(w - ({best}))^2`$. With a penalty of $`{penalty} |w|`$ added, which w "
        "minimises the sum?",
        value=value, tolerance_abs=0.01,
        explanation=f"An L1 penalty moves the weight {penalty} towards 0 and stops there: that is how it sets weights to exactly 0.",
    )  # fmt: skip


def _check_soft_threshold(variant: Variant) -> None:
    best, penalty = numbers_in(variant.stem)[0], numbers_in(variant.stem.replace("·|", " "))[-1]
    grid = np.linspace(-12, 12, 24001)
    found = grid[np.argmin((grid - best) ** 2 / 2 + penalty * np.abs(grid))]
    require(holds=abs(found - value_of(variant)) < 2e-3, what="smallest on a fine grid")


_CONVEX = {
    "x² + |x|": lambda x: x**2 + abs(x), "max(x, 2x - 1)": lambda x: max(x, 2 * x - 1), "exp(-x)": lambda x: math.exp(-x),
    "log(1 + exp(x))": lambda x: math.log1p(math.exp(x)), "|x - 2| + |x + 1|": lambda x: abs(x - 2) + abs(x + 1),
}  # fmt: skip
_NOT_CONVEX = {
    "x³": (lambda x: x**3, "a function that grows ever faster on one side is convex"),
    "1 / (1 + exp(-x))": (lambda x: 1 / (1 + math.exp(-x)), "any smooth and monotone function is convex"),
    "log(1 + x²)": (lambda x: math.log1p(x * x), "one minimum means convex"),
    "min(x², 1)": (lambda x: min(x * x, 1), "cutting a convex function off keeps it convex"),
    "x² + 4·sin(x)": (lambda x: x * x + 4 * math.sin(x), "a convex part makes the sum convex"),
}  # fmt: skip


def _convex(rng: np.random.Generator) -> Variant:
    right = str(rng.choice(list(_CONVEX)))
    wrong = [str(one) for one in rng.choice(list(_NOT_CONVEX), 3, replace=False)]
    return choice(
        rng,
        stem="Which of these losses is **convex** in x over all real numbers?",
        right=right,
        wrong=[(one, _NOT_CONVEX[one][1]) for one in wrong],
        explanation="Between any two points a convex function lies below its chord. Sums and maxima of convex functions are convex; "
        "minima are not, and a single minimum proves nothing.",
    )


def _check_convex(variant: Variant) -> None:
    functions = _CONVEX | {name: function for name, (function, _) in _NOT_CONVEX.items()}
    grid = np.linspace(-6, 6, 121)
    for option in variant.options:
        shape = functions[option.text]
        below = all(shape((a + b) / 2) <= (shape(a) + shape(b)) / 2 + 1e-9 for a in grid for b in grid[::5])
        require(holds=below == (option.text == chosen_text(variant)), what=f"chords of {option.text}")


FAMILIES = (
    family(
        id="calculus/one-step", title="One step of gradient descent", loadings={"calculus_optimisation": 1.0}, kind=Kind.NUMERIC,
        level=1, expected_s=70, make=_step, verify=_check_step,
    ),
    family(
        id="calculus/rate-that-diverges", title="Learning rate from which descent diverges",
        loadings={"calculus_optimisation": 1.0, "deep_learning": 0.4}, kind=Kind.SINGLE, level=4, expected_s=90, make=_diverging,
        verify=_check_diverging,
    ),
    family(
        id="calculus/chain-rule", title="Derivative through a sigmoid", loadings={"calculus_optimisation": 1.0, "deep_learning": 0.5},
        kind=Kind.NUMERIC, level=3, expected_s=110, make=_chain, verify=_check_chain,
    ),
    family(
        id="calculus/stationary-point", title="Kind of a stationary point", loadings={"calculus_optimisation": 1.0}, kind=Kind.SINGLE,
        level=3, expected_s=75, make=_stationary, verify=_check_stationary,
    ),
    family(
        id="calculus/momentum", title="Length of a step with momentum", loadings={"calculus_optimisation": 1.0, "deep_learning": 0.5},
        kind=Kind.NUMERIC, level=4, expected_s=90, make=_momentum, verify=_check_momentum,
    ),
    family(
        id="calculus/softmax-gradient", title="Gradient of cross-entropy at a logit",
        loadings={"calculus_optimisation": 0.9, "deep_learning": 0.7}, kind=Kind.NUMERIC, level=3, expected_s=60,
        make=_softmax_gradient, verify=_check_softmax_gradient,
    ),
    family(
        id="calculus/soft-threshold", title="What an L1 penalty does to a weight",
        loadings={"calculus_optimisation": 0.9, "supervised_learning": 0.6}, kind=Kind.NUMERIC, level=4, expected_s=90,
        make=_soft_threshold, verify=_check_soft_threshold,
    ),
    family(
        id="calculus/convex", title="Which loss is convex", loadings={"calculus_optimisation": 1.0}, kind=Kind.SINGLE, level=3,
        expected_s=75, make=_convex, verify=_check_convex,
    ),
)  # fmt: skip
