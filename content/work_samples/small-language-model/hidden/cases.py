"""A language for each seed: syllables, stems with endings that agree, a few hundred words with a long tail of rare ones."""

import random

ALPHABET = "abcdefghijklmnopqrstuvwxyz "


class Language:
    def __init__(self, rng):
        heads = rng.sample([a + b for a in "bdfgklmnprstvz" for b in ("", "r", "l")], 18)
        vowels = rng.sample(["a", "e", "i", "o", "u", "ai", "ou", "ea", "y"], 5)
        tails = rng.sample(["", "n", "s", "r", "l", "t", "m", "nd", "st", "rk"], 6)
        syllables = self.syllables = [rng.choice(heads) + rng.choice(vowels) + rng.choice(tails) for _ in range(110)]
        self.nouns = ["".join(rng.choices(syllables, k=rng.choice((1, 2, 2, 3)))) for _ in range(600)]
        self.verbs = ["".join(rng.choices(syllables, k=rng.choice((1, 2)))) for _ in range(160)]
        self.small = ["".join(rng.choices(syllables[:20], k=1))[:3] for _ in range(14)]
        self.cases = rng.sample(["an", "eth", "ik", "os", "um", "ar"], 3)
        self.tenses = rng.sample(["ola", "ine", "usk", "ert"], 3)

    def word(self, rng, stock):
        """Mostly a known word, the first ones far more often; now and then one that was never said before."""
        if rng.random() < 0.3:
            return "".join(rng.choices(self.syllables, k=rng.choice((1, 2, 2, 3))))
        return stock[int(len(stock) * rng.random() ** 2.5)]

    def sentence(self, rng):
        words = []
        for number in range(rng.choice((1, 2, 2, 3))):
            if rng.random() < 0.6:
                words.append(self.word(rng, self.small))
            words.append(self.word(rng, self.nouns) + self.cases[min(number, 2)])
        words.append(self.word(rng, self.verbs) + rng.choice(self.tenses))
        return " ".join(words)

    def text(self, rng, words):
        lines = []
        while words > 0:
            lines.append(self.sentence(rng))
            words -= lines[-1].count(" ") + 1
        return lines


def data(seed):
    rng = random.Random(seed * 7 + 3)
    language = Language(rng)
    corpus = language.text(rng, 25_000)
    new = " ".join(language.text(rng, 30_000))
    spots = sorted(rng.sample(range(50, len(new)), 5_000))
    return {
        "files": {"corpus.txt": "\n".join(corpus) + "\n"},
        "inputs": [[new[at - rng.randrange(41) : at]] for at in spots],
        "truth": [ALPHABET.index(new[at]) for at in spots],
    }


def cases(seed):
    contexts = ["", " ", "q", "zzzzzzzz", "the weather is f", "xq jv", "a" * 40]
    for context in contexts:
        yield {"group": "valid", "call": "probe:is_valid", "args": [context], "about": f"after {context!r}", "expect": [27, True, True]}
