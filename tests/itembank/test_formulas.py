"""Formulas of items: set where they can be set safely, shown as their TeX where not."""

import re

import pytest

from assay.itembank.bank import load_bank
from assay.itembank.formulas import LONGEST, to_mathml
from assay.itembank.render import to_html


def test_fraction_is_set_within_its_sentence():
    found = to_html(r"It is $`\frac{\sigma^2}{n}`$, not `n`.")
    assert re.fullmatch(r"<p>It is <math [^>]*>.*<mfrac>.*</math>, not <code>n</code>\.</p>", found)


def test_money_and_code_are_no_formulas():
    assert to_html("Between $5 and $10, `$x`") == "<p>Between $5 and $10, <code>$x</code></p>"


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{<b onclick=x>x</b>}",
        r"\text{<script>alert(1)</script>}",
        r"\href{javascript:alert(1)}{y}",
        r"\style{color:red}{x}",
        r"\color{red}x",
        r"\frac{",
        r"x_1_2",
        "x" * (LONGEST + 1),
    ],
)
def test_what_cannot_be_set_safely_shows_as_its_tex(tex):
    found = to_mathml(tex)
    assert found.startswith("<code>")
    assert "<" not in found.removeprefix("<code>").removesuffix("</code>")


def test_every_formula_of_the_bank_is_set():
    bank = load_bank()
    texts = [
        (one.id, text)
        for one in bank.families
        for variant in [bank.variant(family_id=one.id, seed=seed) for seed in (1, 2)]
        for text in (variant.stem, variant.explanation, *[option.text for option in variant.options])
        if "$`" in text
    ]
    assert len({name for name, _ in texts}) >= 15
    unset = [name for name, text in texts if to_html(text).count("<math ") != text.count("$`")]
    assert unset == []
