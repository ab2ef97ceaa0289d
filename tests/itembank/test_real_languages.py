"""Questions on R and Java are keyed by models of their rules: here the languages themselves answer."""

import re
import shutil
import subprocess

import pytest

from assay.itembank.bank import load_bank
from assay.itembank.making import chosen_text
from assay.itembank.model import ChoiceKey, NumberKey, Variant

SEEDS = range(1, 9)


def variants(domain: str) -> list[tuple[str, Variant]]:
    bank = load_bank()
    families = [one for one in bank.families if one.domain == domain]
    return [(one.id, bank.variant(family_id=one.id, seed=seed)) for one in families for seed in SEEDS]


def shown_code(variant: Variant) -> str:
    found = re.search(r"```\w+\n(.*?)\n```", variant.stem, re.DOTALL)
    assert found
    return found[1]


def said(variant: Variant) -> str:
    if isinstance(variant.key, ChoiceKey):
        return chosen_text(variant).strip("`")
    assert isinstance(variant.key, NumberKey)
    return f"{variant.key.value:g}" if abs(variant.key.value) < 1e5 else str(int(variant.key.value))


def tidy(printed: str) -> str:
    words = printed.removeprefix("[1]").split()
    return " ".join(word.removesuffix(".0") for word in words)


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed: its questions rest on their models")
def test_r_prints_what_the_questions_say(tmp_path):
    cases = variants("r_language")
    script = tmp_path / "all.R"
    script.write_text("\n".join(f"{shown_code(one)}\ncat('\\n----\\n')" for _, one in cases))
    done = subprocess.run(
        ["Rscript", "--vanilla", str(script)], capture_output=True, text=True, timeout=120, check=True
    )
    printed = [tidy(part.strip()) for part in done.stdout.split("\n----\n")]
    assert [(name, text) for (name, _), text in zip(cases, printed, strict=False)] == [
        (name, said(one)) for name, one in cases
    ]


@pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed: its questions rest on their models")
def test_java_prints_what_the_questions_say(tmp_path):
    cases = variants("java")
    blocks = "\n".join(f"{{ {shown_code(one)} }}" for _, one in cases)
    source = tmp_path / "All.java"
    source.write_text(
        f"import java.util.*;\npublic class All {{ public static void main(String[] given) {{\n{blocks}\n}} }}"
    )
    done = subprocess.run(["java", str(source)], capture_output=True, text=True, timeout=120, check=True)
    assert [(name, tidy(text)) for (name, _), text in zip(cases, done.stdout.splitlines(), strict=True)] == [
        (name, said(one)) for name, one in cases
    ]
