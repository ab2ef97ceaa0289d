"""Images and containers: what a command line becomes, what a deleted file still weighs, how many workers fit."""

import shlex
from functools import partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

family = partial(Family, domain="docker", licence="Apache-2.0")


def _command(rng: np.random.Generator) -> Variant:
    script, port = str(rng.choice(["serve.py", "train.py", "score.py"])), int(rng.choice([8000, 8080, 9000]))
    given = str(rng.choice(["--workers 4", "--debug", f"--port {port + 1}", "bash"]))
    first, rest = f"python {script}", f"--port {port}"
    return choice(
        rng,
        stem=f'```dockerfile\nENTRYPOINT ["python", "{script}"]\nCMD ["--port", "{port}"]\n```\n\nWhat runs after `docker run image {given}`?',
        right=f"`{first} {given}`",
        wrong=[
            (f"`{first} {rest} {given}`", "arguments of docker run are added behind CMD"),
            (f"`{given}`", "arguments of docker run replace ENTRYPOINT"),
            (f"`{first} {rest}`", "arguments of docker run are ignored where there is an ENTRYPOINT"),
        ],
        explanation="In exec form ENTRYPOINT stays and CMD is its default arguments; what follows the image's name replaces CMD as a whole. To replace ENTRYPOINT "
        "takes `--entrypoint`.",
    )  # fmt: skip


def _check_command(variant: Variant) -> None:
    lines = variant.stem.split("```dockerfile\n")[1].split("\n```")[0].split("\n")
    parts = {
        line.split(" ", 1)[0]: [one.strip(' "') for one in line.split("[")[1].rstrip("]").split(",")] for line in lines
    }
    typed = shlex.split(variant.stem.split("`docker run image ")[1].split("`")[0])
    runs = parts["ENTRYPOINT"] + (typed or parts["CMD"])
    require(holds=shlex.split(chosen_text(variant).strip("`")) == runs, what="entrypoint and arguments")


def _weight(rng: np.random.Generator) -> Variant:
    base, data, code = int(rng.choice([80, 120, 150])), int(rng.choice([400, 900, 1500])), int(rng.integers(5, 40))
    kept = int(rng.choice([20, 50]))
    return number(
        stem=f"```dockerfile\nFROM base\nCOPY data.tar /tmp/\nRUN unpack-and-keep-some /tmp/data.tar\nRUN rm /tmp/data.tar\nCOPY app /app\n```\n\nThe base weighs {base} MB, "
        f"data.tar {data} MB, what the first RUN writes {kept} MB, the app {code} MB. How many MB does the **image** weigh, uncompressed?",
        value=base + data + kept + code, unit="MB",
        explanation="Each instruction adds a layer and none takes one away: the deletion only hides the file. Fetch, use and delete in one RUN, or build in a stage "
        "of its own.",
    )  # fmt: skip


def _check_weight(variant: Variant) -> None:
    base, data, kept, code = numbers_in(variant.stem.split("The base weighs")[1])
    layers: list[dict[str, float | None]] = [
        {"base": base},
        {"data": data},
        {"kept": kept},
        {"data": None},
        {"app": code},
    ]
    total = sum(size for layer in layers for size in layer.values() if size is not None)
    require(holds=total == value_of(variant), what="adding up layers")


def _workers(rng: np.random.Generator) -> Variant:
    limit, model = int(rng.choice([8, 12, 16, 24])) * 1000, int(rng.choice([900, 1300, 1700, 2200]))
    each, share = int(rng.choice([150, 250, 400])), int(rng.choice([10, 20]))
    usable = limit * (100 - share) // 100
    return number(
        stem=f"A container may use {limit} MB. Each worker process loads the model anew ({model} MB) and needs {each} MB for a request; {share} % should stay free "
        "so that the kernel kills nobody. How many **workers** fit at most?",
        value=usable // (model + each),
        explanation=f"{usable} MB over {model + each} MB, rounded down. Beyond the limit the kernel ends a process at once, without an error that Python could catch.",
    )  # fmt: skip


def _check_workers(variant: Variant) -> None:
    limit, model, each, share = numbers_in(variant.stem)
    count, used = 0, model + each
    while used * 100 <= limit * (100 - share):
        count, used = count + 1, used + model + each
    require(holds=count == value_of(variant), what="one worker after the other")


FAMILIES = (
    family(
        id="docker/command-line", title="What a container runs", kind=Kind.SINGLE, level=3, expected_s=60, make=_command,
        loadings={"docker_kubernetes": 1.0}, verify=_check_command,
        source="Own work, after the Dockerfile reference, Understand how CMD and ENTRYPOINT interact",
    ),
    family(
        id="docker/weight-of-layers", title="What a deleted file still weighs", kind=Kind.NUMERIC, level=3, expected_s=75,
        loadings={"docker_kubernetes": 1.0, "deployment": 0.4}, make=_weight, verify=_check_weight,
        source="Own work, after the documentation of storage drivers",
    ),
    family(
        id="docker/workers-that-fit", title="Workers within a memory limit", kind=Kind.NUMERIC, level=2, expected_s=80,
        loadings={"docker_kubernetes": 0.8, "deployment": 0.8}, make=_workers, verify=_check_workers,
        source="Own work, after what practitioners agree on",
    ),
)  # fmt: skip
