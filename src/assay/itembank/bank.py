"""Reading the families from their folder. They are our own code, read with the trust of the rest of it."""

import importlib.util
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np

from assay.core.content import content_path
from assay.itembank.errors import ItemError
from assay.itembank.model import Family, Variant


class Bank:
    """All families of a folder."""

    def __init__(self, families: tuple[Family, ...]) -> None:
        self.families = families

    @cached_property
    def _by_id(self) -> Mapping[str, Family]:
        return {one.id: one for one in self.families}

    @cached_property
    def domains(self) -> tuple[str, ...]:
        """The domains, in the order of the alphabet."""
        return tuple(sorted({one.domain for one in self.families}))

    def family(self, family_id: str) -> Family:
        """Yield one family. Raises `KeyError`."""
        return self._by_id[family_id]

    def variant(self, *, family_id: str, seed: int) -> Variant:
        """Yield the question that a family makes for a seed: always the same. Raises `KeyError`."""
        family = self.family(family_id)
        made = family.make(generator_of(family_id=family_id, seed=seed))
        return msgspec.structs.replace(made, family=family_id, seed=seed, kind=family.kind)


def generator_of(*, family_id: str, seed: int) -> np.random.Generator:
    """Yield the chance that a family draws a variant from: the same for the same seed, of no other family."""
    digest = blake2b(f"{family_id}#{seed}".encode(), digest_size=8).digest()
    return np.random.default_rng(int.from_bytes(digest))


@cache
def load_bank(folder: Path | None = None) -> Bank:
    """Yield the bank of a folder, the shipped one without: ``<domain>/*.py``, each with ``FAMILIES``.

    Raises
    ------
    ItemError
        Two families of one id, or one whose id does not name its folder.
    """
    root = folder or content_path() / "items"
    families = sorted(_families_in(root), key=lambda one: one.id)
    for first, second in pairwise(families):
        if first.id == second.id:
            message = f"{first.id} stands twice"
            raise ItemError(message)
    return Bank(tuple(families))


def _families_in(root: Path) -> Iterator[Family]:
    for path in sorted(root.glob("*/*.py")):
        spec = importlib.util.spec_from_file_location(f"assay_items.{path.parent.name}.{path.stem}", path)
        if spec is None or spec.loader is None:
            message = f"{path} cannot be read"
            raise ItemError(message)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for family in module.FAMILIES:
            if not family.id.startswith(f"{path.parent.name}/") or family.domain != path.parent.name:
                message = f"{family.id} does not lie in the folder of its domain"
                raise ItemError(message)
            yield family
