"""Objects that learn or divide: scalers, samplers, models, splitters, and the variables that hold them."""

import ast
from typing import NamedTuple

from assay.repositories.leakage.known import CONTAINERS, ESTIMATOR, LEARNED, OVERSAMPLERS, SPLITTER, STOPPING
from assay.repositories.leakage.syntax import last_name, names_within, root_name


class Maker(NamedTuple):
    """What kind of object a constructor makes."""

    name: str
    is_learned: bool
    is_oversampler: bool
    is_estimator: bool
    is_splitter: bool
    is_stopping: bool = False
    """It was told to stop a training early, or does so by its kind."""


class Makers(dict[str, Maker]):
    """Variable to the object that it holds."""

    def of(self, node: ast.expr) -> Maker | None:
        """Yield the object that an expression stands for; None for anything else."""
        if isinstance(node, ast.Name | ast.Attribute):
            return self.get(root_name(node))
        return self.made_by(node)

    def made_by(self, node: ast.expr) -> Maker | None:
        """Yield what kind of object a constructor makes; None for anything else."""
        if not isinstance(node, ast.Call):
            return None
        name = last_name(node.func)
        inside = set(names_within(node)) | {
            made.name for one in ast.walk(node) if isinstance(one, ast.Name) and (made := self.get(one.id))
        }
        is_container = name in CONTAINERS
        has_model = is_container and any(ESTIMATOR.search(one) for one in inside - CONTAINERS)
        learned = name if name in LEARNED else next((one for one in sorted(inside) if one in LEARNED), "")
        is_learned = name in LEARNED or (is_container and bool(learned) and not has_model)
        is_estimator = (has_model or ESTIMATOR.search(name) is not None) and not is_learned
        maker = Maker(
            learned if is_container and is_learned else name, is_learned, name in OVERSAMPLERS, is_estimator,
            SPLITTER.search(name) is not None, _stops_early(node, name),
        )  # fmt: skip
        is_known = maker.is_learned or maker.is_oversampler or maker.is_estimator or maker.is_splitter
        return maker if is_known or maker.is_stopping else None

    def is_fold_split(self, node: ast.Call) -> bool:
        """Say whether a call yields the folds of a splitter."""
        maker = self.of(node.func.value) if isinstance(node.func, ast.Attribute) else None
        return maker is not None and maker.is_splitter

    def stops(self, node: ast.Call) -> bool:
        """Say whether the arguments of a training, or its model, tell it to stop early."""
        watched = {"eval_set", "validation_data"}
        text = " ".join(f"{word.arg} {ast.unparse(word.value)}" for word in node.keywords if word.arg not in watched)
        held = {one.id for word in node.keywords for one in ast.walk(word.value) if isinstance(one, ast.Name)}
        model = self.of(node.func.value) if isinstance(node.func, ast.Attribute) else None
        return (
            STOPPING.search(text) is not None
            or any(self[name].is_stopping for name in held if name in self)
            or (model is not None and model.is_stopping)
        )


def _stops_early(node: ast.Call, name: str) -> bool:
    return STOPPING.search(name) is not None or any(STOPPING.search(word.arg or "") for word in node.keywords)
