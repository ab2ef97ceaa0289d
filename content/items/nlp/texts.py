"""Counting, scoring and sampling words."""

import math
from collections import Counter
from functools import cache, partial
from itertools import pairwise

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

SOURCE = "Own work, after the definitions of the measures"
family = partial(Family, domain="nlp", source=SOURCE, licence="Apache-2.0")


def _tf_idf(rng: np.random.Generator) -> Variant:
    documents, inside, times = (
        int(rng.choice([100, 200, 500, 1000])),
        int(rng.choice([2, 5, 10, 20, 50])),
        int(rng.integers(2, 8)),
    )
    value = times * math.log(documents / inside)
    return number(
        stem=f"A collection has {documents} documents; “invoice” stands in {inside} of them and {times} times in the document at hand. "
        "What is its tf-idf there, as $`n_w \\ln(N / N_w)`$: its count here times the logarithm of documents over documents with the word?",
        value=value, tolerance_rel=0.01,
        explanation=f"{times} · ln({documents}/{inside}) = {value:.2f}. A word that stands in every document gets 0.",
    )  # fmt: skip


def _check_tf_idf(variant: Variant) -> None:
    documents, inside, times = (int(one) for one in numbers_in(variant.stem)[:3])
    texts = [["invoice"] * (times if place == 0 else 1) if place < inside else ["other"] for place in range(documents)]
    share = sum("invoice" in text for text in texts) / len(texts)
    require(
        holds=abs(-math.log(share) * texts[0].count("invoice") - value_of(variant)) < 1e-9, what="counting documents"
    )


_WORDS = ("low", "lower", "newest", "widest", "slow", "test", "west", "rest", "error", "terror")


def _merges(words: dict[str, int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for word, count in words.items():
        for first, second in pairwise(word):
            found[first + second] += count
    return found


def _first_merge(rng: np.random.Generator) -> Variant:
    while True:
        words = {str(word): int(rng.integers(1, 10)) for word in rng.choice(_WORDS, 3, replace=False)}
        pairs = _merges(words).most_common()
        if len(pairs) > 4 and pairs[0][1] > pairs[1][1]:
            break
    once = Counter(pair for word in words for pair in {word[i : i + 2] for i in range(len(word) - 1)})
    return choice(
        rng,
        stem="Byte-pair encoding starts from single letters on this corpus (word, how often):\n\n"
        + "\n".join(f"| {word} | {count} |" for word, count in words.items())
        + "\n\nWhich pair of letters is merged **first**?",
        right=pairs[0][0],
        wrong=[
            (pair, "pairs are counted once a word, not once an occurrence" if once[pair] >= once[pairs[0][0]] else "a rarer pair is taken")
            for pair, _ in pairs[1:4]
        ],
        explanation=f"Each occurrence counts: “{pairs[0][0]}” stands {pairs[0][1]} times, the next pair {pairs[1][1]} times.",
    )  # fmt: skip


def _check_first_merge(variant: Variant) -> None:
    rows = [line.strip("| ").split(" | ") for line in variant.stem.split("\n") if line.startswith("|")]
    corpus = " ".join(" ".join([word] * int(count)) for word, count in rows)
    counts = {
        one.text: sum(corpus.startswith(one.text, place) for place in range(len(corpus))) for one in variant.options
    }
    most = max(counts.values())
    require(
        holds=[text for text, count in counts.items() if count == most] == [chosen_text(variant)],
        what="counting in the written-out corpus",
    )


def _smoothed(rng: np.random.Generator) -> Variant:
    words, before, both = int(rng.choice([50, 100, 200, 400])), int(rng.choice([20, 50, 100])), int(rng.integers(0, 8))
    value = (both + 1) / (before + words)
    return number(
        stem=f"A bigram model has a vocabulary of {words} words. “credit” occurs {before} times as the first word of a pair, “credit card” "
        f"{both} times. What is P(card | credit) with **add-one** smoothing?",
        value=value, tolerance_rel=0.015,
        explanation=f"One is added to each of the {words} possible pairs: ({both} + 1) / ({before} + {words}) = {value:.4f}.",
    )  # fmt: skip


def _check_smoothed(variant: Variant) -> None:
    words, before, both = (int(one) for one in numbers_in(variant.stem)[:3])
    counts = np.zeros(words)
    counts[0], counts[1] = both, before - both
    shares = (counts + 1) / (counts + 1).sum()
    require(holds=abs(float(shares[0]) - value_of(variant)) < 1e-12, what="the whole distribution, which sums to 1")


def _perplexity(rng: np.random.Generator) -> Variant:
    powers = [int(one) for one in rng.integers(1, 6, 4)]
    value = 2 ** (sum(powers) / 4)
    return number(
        stem=f"A language model gives the four tokens of a text the probabilities {', '.join(f'1/{2**one}' for one in powers)}. What is its "
        "**perplexity** on the text?",
        value=value, tolerance_rel=0.015,
        explanation=f"It is the inverse of the geometric mean: 2 to the mean of {powers}, {value:.2f}.",
    )  # fmt: skip


def _check_perplexity(variant: Variant) -> None:
    shares = [1 / int(part.split("/")[1].strip(".,")) for part in variant.stem.split() if part.startswith("1/")]
    require(holds=abs(math.exp(-np.log(shares).mean()) - value_of(variant)) < 1e-9, what="exponential of the mean loss")


def _temperature(rng: np.random.Generator) -> Variant:
    ratio, temperature = int(rng.choice([4, 9, 16, 25])), float(rng.choice([0.5, 2.0]))
    value = round(ratio ** (1 / temperature))
    return number(
        stem=f"At temperature 1 a model makes token A {ratio} times as probable as token B. How many times as probable is A at temperature "
        f"{temperature:g}?",
        value=value, tolerance_abs=0.05,
        explanation=f"Logits are divided by the temperature, so ratios are raised to 1/{temperature:g}: {value}.",
    )  # fmt: skip


def _check_temperature(variant: Variant) -> None:
    _, ratio, temperature = numbers_in(variant.stem)
    logits = np.array([math.log(ratio), 0.0]) / temperature
    shares = np.exp(logits) / np.exp(logits).sum()
    require(holds=abs(shares[0] / shares[1] - value_of(variant)) < 1e-6, what="softmax at the temperature")


_SPOKEN = ("please", "send", "the", "signed", "contract", "to", "our", "office", "before", "noon")


def _word_errors(rng: np.random.Generator) -> Variant:
    reference = [*_SPOKEN]
    wrong, lost, new = (int(one) for one in rng.choice(np.arange(1, 9), 3, replace=False))
    heard = list(reference)
    heard[wrong] = "and"
    heard.insert(new, "uh")
    heard.remove(reference[lost])
    if rng.random() < 0.5:
        heard.append("today")
    errors = _distance(tuple(reference), tuple(heard))
    return number(
        stem=f"Reference: `{' '.join(reference)}`\n\nTranscript: `{' '.join(heard)}`\n\nWhat is the **word error rate** of the transcript?",
        value=errors / len(reference), tolerance_abs=0.001,
        explanation=f"At least {errors} words must be replaced, dropped or put in; divided by the {len(reference)} words of the reference.",
    )  # fmt: skip


def _distance(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    row = list(range(len(second) + 1))
    for i, one in enumerate(first, start=1):
        previous, row = row, [i]
        for j, other in enumerate(second, start=1):
            row.append(min(row[-1] + 1, previous[j] + 1, previous[j - 1] + (one != other)))
    return row[-1]


def _check_word_errors(variant: Variant) -> None:
    reference, heard = (variant.stem.split("`")[place].split() for place in (1, 3))

    @cache
    def fewest(i: int, j: int) -> int:
        if i == len(reference) or j == len(heard):
            return len(reference) - i + len(heard) - j
        if reference[i] == heard[j]:
            return fewest(i + 1, j + 1)
        return 1 + min(fewest(i + 1, j), fewest(i, j + 1), fewest(i + 1, j + 1))

    require(holds=abs(fewest(0, 0) / len(reference) - value_of(variant)) < 1e-9, what="trying every alignment")


def _cache_size(rng: np.random.Generator) -> Variant:
    layers, heads, width = int(rng.choice([24, 32, 40])), int(rng.choice([8, 16, 32])), int(rng.choice([64, 128]))
    tokens = int(rng.choice([2048, 4096, 8192]))
    value = 2 * layers * heads * width * tokens * 2 / 2**20
    return number(
        stem=f"A decoder has {layers} layers, each with {heads} key-value heads of width {width}. Keys and values are kept in 2 bytes a number. "
        f"How large is the key-value cache of **one** sequence of {tokens} tokens?",
        value=value, tolerance_rel=0.06, unit="MiB",
        explanation=f"2 (keys and values) · {layers} · {heads} · {width} · {tokens} · 2 bytes = {value:.0f} MiB, whatever the size of the weights.",
    )  # fmt: skip


def _check_cache_size(variant: Variant) -> None:
    layers, heads, width, _, tokens = (int(one) for one in numbers_in(variant.stem)[:5])
    layer = np.empty((2, heads, tokens, width), dtype=np.float16)
    require(holds=abs(layers * layer.nbytes / 2**20 - value_of(variant)) < 1e-9, what="bytes of the arrays")


def _clipped(rng: np.random.Generator) -> Variant:
    repeats, more = int(rng.integers(3, 7)), int(rng.integers(1, 4))
    extra = ["cat", "mat", "sat"][:more]
    candidate = ["the"] * repeats + extra
    reference = ["the", "cat", "sat", "on", "the", "mat"]
    value = (2 + more) / len(candidate)
    return number(
        stem=f"Reference: `{' '.join(reference)}`\n\nOutput: `{' '.join(candidate)}`\n\nWhat is the **clipped** unigram precision of the output, "
        "as BLEU uses it?",
        value=value, tolerance_abs=0.006,
        explanation=f"A word counts no more often than in the reference: 2 for “the” and {more} for the rest, of {len(candidate)} words.",
    )  # fmt: skip


def _check_clipped(variant: Variant) -> None:
    reference, candidate = (Counter(variant.stem.split("`")[place].split()) for place in (1, 3))
    require(holds=abs((reference & candidate).total() / candidate.total() - value_of(variant)) < 1e-9, what="multisets")


FAMILIES = (
    family(
        id="nlp/tf-idf", title="tf-idf of a word", loadings={"nlp": 1.0}, kind=Kind.NUMERIC, level=2, expected_s=60, make=_tf_idf,
        verify=_check_tf_idf,
    ),
    family(
        id="nlp/first-merge", title="First merge of byte-pair encoding", loadings={"nlp": 1.0, "language_models": 0.6}, kind=Kind.SINGLE,
        level=3, expected_s=100, make=_first_merge, verify=_check_first_merge,
    ),
    family(
        id="nlp/add-one", title="Add-one smoothing", loadings={"nlp": 1.0, "probability": 0.4}, kind=Kind.NUMERIC, level=3, expected_s=60,
        make=_smoothed, verify=_check_smoothed,
    ),
    family(
        id="nlp/perplexity", title="Perplexity by hand", loadings={"nlp": 0.8, "language_models": 0.9}, kind=Kind.NUMERIC, level=3,
        expected_s=80, make=_perplexity, verify=_check_perplexity,
    ),
    family(
        id="nlp/temperature", title="What temperature does to a ratio", loadings={"nlp": 0.6, "language_models": 1.0}, kind=Kind.NUMERIC,
        level=4, expected_s=70, make=_temperature, verify=_check_temperature,
    ),
    family(
        id="nlp/word-error-rate", title="Word error rate of a transcript", loadings={"nlp": 1.0, "sequence_models": 0.5}, kind=Kind.NUMERIC,
        level=2, expected_s=80, make=_word_errors, verify=_check_word_errors,
    ),
    family(
        id="nlp/key-value-cache", title="Size of a key-value cache", loadings={"language_models": 1.0, "model_optimisation": 0.6, "nlp": 0.5},
        kind=Kind.NUMERIC, level=4, expected_s=110, make=_cache_size, verify=_check_cache_size,
    ),
    family(
        id="nlp/clipped-precision", title="Clipped precision of a translation", loadings={"nlp": 1.0, "evaluation_metrics": 0.5},
        kind=Kind.NUMERIC, level=3, expected_s=70, make=_clipped, verify=_check_clipped,
    ),
)  # fmt: skip
