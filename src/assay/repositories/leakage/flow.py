"""Follows rows through one scope of Python, statement by statement, as far as names and well-known calls tell."""

import ast
from collections.abc import Sequence
from typing import NamedTuple

from assay.repositories.leakage.known import (
    CHOOSING,
    CROSS_VALIDATIONS,
    HIGH_HARM,
    SPLIT_CALLS,
    STATISTICS,
    STOPPING,
)
from assay.repositories.leakage.makers import Maker, Makers
from assay.repositories.leakage.syntax import (
    READS,
    draws_again,
    is_true,
    is_whole_sample,
    is_zero,
    last_name,
    part_said_in,
    root_name,
    trains,
)
from assay.repositories.leakage.values import NOTHING, Role, Taint, Value, merged, role_of_name
from assay.repositories.model import LeakKind

_LOADS = ("read_", "load_", "fetch_", "loadtxt", "genfromtxt", "make_", "from_")
_LEARNS = frozenset({"fit_transform", "fit", "adapt"})
_ASKS = frozenset({"predict", "predict_proba", "decision_function", "score", "evaluate", "predict_classes"})


class Leak(NamedTuple):
    """A finding by line, from 1, with the line that it was seen to matter on."""

    kind: LeakKind
    line: int
    seen_on: int
    why: str
    is_high: bool


class Flow:
    """One scope. Calls of functions whose insides are not known yield what goes into them."""

    def __init__(self, *, parameters: Sequence[str] = ()) -> None:
        self.leaks: list[Leak] = []
        self._values: dict[str, Value] = {
            name: Value(frozenset({name}), role_of_name(name) or Role.WHOLE)
            for name in parameters if name not in {"self", "cls"}
        }  # fmt: skip
        self._makers = Makers()
        self._fitted: dict[str, tuple[Value, int]] = {}
        self._samples: dict[tuple[str, Role], int] = {}
        self._stopped_on_test: list[tuple[int, frozenset[str]]] = []
        self._collected: set[str] = set()
        self._loops: list[bool] = []
        """For each loop around the statement: whether a model is trained in it."""

    def run(self, body: Sequence[ast.stmt]) -> None:
        """Follow statements in their order."""
        for statement in body:
            self._step(statement)

    def _step(self, node: ast.stmt) -> None:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._assign(target, node.value)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            self._assign(node.target, node.value)
        elif isinstance(node, ast.AugAssign):
            self._change(node)
        elif isinstance(node, ast.For | ast.AsyncFor | ast.While):
            self._loop(node)
        elif isinstance(node, ast.If):
            self._branch(node)
        elif isinstance(node, ast.With | ast.AsyncWith):
            self.run(node.body)
        elif isinstance(node, ast.Try):
            self.run(
                [*node.body, *(one for handler in node.handlers for one in handler.body), *node.orelse, *node.finalbody]
            )
        elif isinstance(node, ast.Expr | ast.Return) and node.value is not None:
            self._plain(node.value)

    # -- statements

    def _plain(self, node: ast.expr) -> None:
        value = self.value(node)
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            return
        base = root_name(node.func.value)
        in_place = any(word.arg == "inplace" and is_true(word.value) for word in node.keywords)
        if in_place and base in self._values:
            self._values[base] = merged([self._values[base], value])
        elif node.func.attr in {"append", "extend"} and base:
            self._values[base] = merged([self._values.get(base, NOTHING), value])
            if any(self._loops):
                self._collected.add(base)

    def _change(self, node: ast.AugAssign) -> None:
        name = root_name(node.target)
        before = self._values.get(name, NOTHING)
        self._values[name] = merged(
            [before, self.value(node.value), *self._by_statistics(node.value, before, node.lineno)]
        )

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        names = [root_name(one) for one in target.elts] if isinstance(target, ast.Tuple | ast.List) else []
        if isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple) and len(value.elts) == len(names):
            for one, part in zip(target.elts, value.elts, strict=True):
                self._assign(one, part)
        elif names and isinstance(value, ast.Call) and last_name(value.func) in SPLIT_CALLS:
            self._split(names, value)
        elif names:
            found = self.value(value)
            for name in names:
                self._bind(name, found, value.lineno)
        else:
            self._assign_one(target, value)

    def _assign_one(self, target: ast.expr, value: ast.expr) -> None:
        name = root_name(target)
        maker = self._makers.made_by(value)
        if maker is not None and isinstance(target, ast.Name):
            self._makers[name] = maker
            self._fitted.pop(name, None)
        found = self.value(value)
        if isinstance(target, ast.Subscript | ast.Attribute) and name in self._values:
            # A column that is set: the table stays what it is, with what was learned for the column.
            before = self._values[name]
            same = frozenset(taint for taint in found.taints if taint.roots & before.roots)
            self._values[name] = before._replace(taints=before.taints | same)
            return
        self._note_sample(name, value)
        self._bind(name, found, value.lineno)
        if isinstance(target, ast.Name) and maker is None:
            self._carry_fit(name, value)

    def _carry_fit(self, name: str, value: ast.expr) -> None:
        """``model = LinearRegression().fit(X, y)``, and a second name for the same object."""
        if isinstance(value, ast.Name) and value.id in self._makers:
            self._makers[name] = self._makers[value.id]
            if value.id in self._fitted:
                self._fitted[name] = self._fitted[value.id]
        elif (
            isinstance(value, ast.Call)
            and isinstance(value.func, ast.Attribute)
            and value.func.attr == "fit"
            and value.args
        ):
            maker = self._makers.of(value.func.value)
            if maker is not None:
                self._makers[name] = maker
                self._fitted[name] = (self.value(value.args[0]), value.lineno)

    def _bind(self, name: str, value: Value, line: int) -> None:
        role = role_of_name(name)
        if value.is_data and role is not None and value.role is not role:
            self._divided(value, line)
            value = Value(value.roots, role, value.taints)
        self._values[name] = value

    def _split(self, names: Sequence[str], call: ast.Call) -> None:
        parts = [self.value(argument) for argument in call.args if not isinstance(argument, ast.Starred)]
        for part in parts:
            self._divided(part, call.lineno)
        is_pair = last_name(call.func) == "random_split"
        for place, name in enumerate(names):
            part = parts[0] if is_pair and parts else parts[place // 2] if place // 2 < len(parts) else merged(parts)
            by_place = (Role.TRAIN, Role.TEST)[place % 2] if part.role is not Role.TRAIN else (
                Role.TRAIN, Role.VALIDATION
            )[place % 2]  # fmt: skip
            self._values[name] = Value(
                part.roots or frozenset({f"split@{call.lineno}"}), role_of_name(name) or by_place
            )

    def _branch(self, node: ast.If) -> None:
        self.value(node.test)
        if any(self._loops):
            self._chosen_by(node)
        self.run(node.body)
        self.run(node.orelse)

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While) -> None:
        if not isinstance(node, ast.While):
            found = self.value(node.iter)
            names = [one for one in ast.walk(node.target) if isinstance(one, ast.Name)]
            is_folds = isinstance(node.iter, ast.Call) and self._is_fold_split(node.iter)
            for place, name in enumerate(names):
                role = (Role.TRAIN, Role.VALIDATION)[place % 2] if is_folds else found.role
                self._values[name.id] = Value(found.roots, role)
        self._loops.append(trains(node))
        self.run(node.body)
        self._loops.pop()

    # -- values

    def value(self, node: ast.AST) -> Value:
        """Yield the rows that an expression comes from."""
        if isinstance(node, ast.Name):
            return self._name(node.id)
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.Subscript):
            return self._subscript(node)
        if isinstance(node, ast.BinOp):
            both = merged([self.value(node.left), self.value(node.right)])
            return merged([both, *self._by_statistics(node, both, node.lineno)])
        if isinstance(node, ast.Lambda | ast.Constant):
            return NOTHING
        return merged([self.value(child) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)])

    def _name(self, name: str) -> Value:
        if name in self._values:
            return self._values[name]
        if name in self._makers:
            return NOTHING
        role = role_of_name(name)
        # A name from outside this scope that says which part it is must be rows; others may be anything.
        return Value(frozenset({name}), role) if role is not None else NOTHING

    def _subscript(self, node: ast.Subscript) -> Value:
        base = self.value(node.value)
        if not base.is_data:
            return self.value(node.slice)
        index = self.value(node.slice)
        role = index.role if index.is_data and index.role is not Role.WHOLE else part_said_in(node.slice)
        if role is not None and role is not base.role:
            self._divided(base, node.lineno)
            return Value(base.roots, role, base.taints)
        return base

    def _call(self, node: ast.Call) -> Value:
        name = last_name(node.func)
        if isinstance(node.func, ast.Attribute):
            maker = self._makers.of(node.func.value)
            if maker is not None:
                return self._method(node, maker, root_name(node.func.value))
        arguments = [self.value(argument) for argument in (*node.args, *(word.value for word in node.keywords))]
        base = self.value(node.func.value) if isinstance(node.func, ast.Attribute) else NOTHING
        for argument in arguments:
            if name in SPLIT_CALLS or (name in CROSS_VALIDATIONS and argument.role is Role.WHOLE):
                self._divided(argument, node.lineno)
        return self._passed_through(node, base, merged([base, *arguments]))

    def _passed_through(self, node: ast.Call, base: Value, found: Value) -> Value:
        """Yield the rows that a call of something unknown gives back: those that it was given."""
        name, line = last_name(node.func), node.lineno
        if name in CHOOSING:
            self._chosen_from(node, found)
        if name == "resample" and found.is_data and draws_again(node):
            what = "Rows are drawn with replacement"
            return _with(found, Taint(line, what, is_overlap=True, is_high=True, roots=found.roots, role=found.role))
        if name == "fillna" and base.is_data:
            return merged([found, *self._by_statistics(node, base, line)])
        if not found.is_data and name.startswith(_LOADS):
            return Value(frozenset({f"{name}@{line}:{node.col_offset}"}))
        return found

    def _method(self, node: ast.Call, maker: Maker, owner: str) -> Value:
        method = last_name(node.func)
        values = [self.value(argument) for argument in node.args]
        extra = [self.value(word.value) for word in node.keywords]
        given = values[0] if values else merged(extra)
        if maker.is_oversampler and method in {"fit_resample", "fit_sample"}:
            return _with(
                given,
                Taint(
                    node.lineno,
                    f"Rows are made by {maker.name}",
                    is_overlap=True,
                    is_high=True,
                    roots=given.roots,
                    role=given.role,
                ),
            )
        if maker.is_splitter and method == "split":
            self._divided(given, node.lineno)
            return given
        if maker.is_learned and not maker.is_estimator:
            return self._transformer(node, maker, owner, method, given)
        if maker.is_estimator:
            return self._estimator(node, maker, owner, method, values)
        return merged([*values, *extra])

    def _transformer(self, node: ast.Call, maker: Maker, owner: str, method: str, given: Value) -> Value:
        taint = Taint(
            node.lineno,
            maker.name,
            is_overlap=False,
            is_high=maker.name in HIGH_HARM,
            roots=given.roots,
            role=given.role,
        )
        if method in _LEARNS and given.is_data:
            self._fitted[owner] = (given, node.lineno)
            return _with(given, taint) if method == "fit_transform" else given
        if method == "transform" and owner in self._fitted:
            fitted, line = self._fitted[owner]
            learned = Taint(
                line,
                maker.name,
                is_overlap=False,
                is_high=maker.name in HIGH_HARM,
                roots=fitted.roots,
                role=fitted.role,
            )
            if not fitted.roots & given.roots:
                return given
            if fitted.role is Role.WHOLE and given.role in {Role.TRAIN, Role.TEST}:
                self._leak(learned, node.lineno)
            return _with(given, learned) if fitted.role is given.role else given
        return given

    def _estimator(self, node: ast.Call, maker: Maker, owner: str, method: str, values: list[Value]) -> Value:
        given = values[0] if values else NOTHING
        if method in READS and given.is_data:
            self._fitted[owner] = (given, node.lineno)
            is_search = maker.name.endswith("SearchCV")
            has_own_split = any(word.arg == "validation_split" and not is_zero(word.value) for word in node.keywords)
            if (is_search and given.role is Role.WHOLE) or has_own_split:
                self._divided(given, node.lineno)
            self._note_stopping(node)
        elif method in _ASKS and given.is_data:
            self._asked(owner, given, node.lineno)
            return given
        return given

    # -- findings

    def _divided(self, value: Value, line: int) -> None:
        """Rows are divided: whatever was learned from all of them is now on both sides."""
        for taint in value.taints:
            if taint.role is value.role and taint.line <= line:
                self._leak(taint, line)

    def _leak(self, taint: Taint, line: int) -> None:
        if taint.is_overlap:
            why = f"{taint.what} before the rows are divided: near copies of a row may stand on both sides."
            self.leaks.append(Leak(LeakKind.OVERLAP, taint.line, line, why, is_high=True))
        else:
            why = f"{taint.what} learns from all rows, test rows among them, before they are divided."
            self.leaks.append(Leak(LeakKind.PREPROCESSING, taint.line, line, why, taint.is_high))

    def _asked(self, owner: str, given: Value, line: int) -> None:
        if given.role is not Role.TEST:
            return
        for stopped, roots in self._stopped_on_test:
            if roots & given.roots:
                why = "The training stops, or keeps its best state, by the test set on which it is then judged."
                self.leaks.append(Leak(LeakKind.MULTI_TEST, stopped, line, why, is_high=True))
        if owner not in self._fitted:
            return
        fitted, fit_line = self._fitted[owner]
        if fitted.role in {Role.WHOLE, Role.TEST} and fitted.roots & given.roots:
            why = "The model is trained on rows among which are those that it is then tested on."
            self.leaks.append(Leak(LeakKind.OVERLAP, fit_line, line, why, is_high=True))

    def _note_stopping(self, node: ast.Call) -> None:
        words = {word.arg: word.value for word in node.keywords}
        watched = words.get("eval_set", words.get("validation_data"))
        if watched is None:
            return
        text = " ".join(
            ast.unparse(value) for name, value in words.items() if name not in {"eval_set", "validation_data"}
        )
        names = " ".join(name or "" for name in words)
        if not STOPPING.search(f"{text} {names}") and not self._stops(words):
            return
        found = self.value(watched)
        if found.role is Role.TEST:
            self._stopped_on_test.append((node.lineno, found.roots))

    def _stops(self, words: dict[str | None, ast.expr]) -> bool:
        return any(
            isinstance(one, ast.Name) and one.id in self._makers and STOPPING.search(self._makers[one.id].name)
            for value in words.values() for one in ast.walk(value)
        )  # fmt: skip

    def _chosen_by(self, node: ast.If) -> None:
        """``if accuracy > best:`` within a loop that trains, where the accuracy is that of the test rows."""
        if not any(self._loops) or not isinstance(node.test, ast.Compare) or len(node.test.comparators) != 1:
            return
        sides = (node.test.left, node.test.comparators[0])
        if not isinstance(node.test.ops[0], ast.Gt | ast.Lt | ast.GtE | ast.LtE):
            return
        set_here = {
            root_name(target) for one in ast.walk(node) if isinstance(one, ast.Assign) for target in one.targets
        }
        for score, best in (sides, sides[::-1]):
            is_kept = root_name(best) in set_here and root_name(best) != ""
            if is_kept and self.value(score).role is Role.TEST:
                why = "In a loop over trainings the best one is kept by its result on the test set."
                self.leaks.append(Leak(LeakKind.MULTI_TEST, node.lineno, node.lineno, why, is_high=True))
                return

    def _chosen_from(self, node: ast.Call, found: Value) -> None:
        names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
        if found.role is Role.TEST and names & self._collected:
            why = "The best of several trainings is taken by their results on the test set."
            self.leaks.append(Leak(LeakKind.MULTI_TEST, node.lineno, node.lineno, why, is_high=True))

    def _note_sample(self, name: str, value: ast.expr) -> None:
        """Two samples drawn apart from one table share rows."""
        role = role_of_name(name)
        if role not in {Role.TRAIN, Role.TEST} or not isinstance(value, ast.Call):
            return
        table = value.func.value if isinstance(value.func, ast.Attribute) and value.func.attr == "sample" else None
        if not isinstance(table, ast.Name) or is_whole_sample(value):
            return
        self._samples[table.id, role] = value.lineno
        other = self._samples.get((table.id, Role.TEST if role is Role.TRAIN else Role.TRAIN))
        if other is not None:
            why = "Training and test rows are drawn from the same table one by one, so that some are in both."
            self.leaks.append(Leak(LeakKind.OVERLAP, value.lineno, other, why, is_high=True))

    def _by_statistics(self, node: ast.AST, base: Value, line: int) -> list[Value]:
        """Yield the base with what an expression such as ``(X - X.mean()) / X.std()`` learned of all its rows."""
        for one in ast.walk(node) if base.is_data else ():
            if not isinstance(one, ast.Call) or not isinstance(one.func, ast.Attribute):
                continue
            if one.func.attr not in STATISTICS:
                continue
            of = self.value(one.func.value)
            if of.roots & base.roots and of.role is base.role:
                what = f"A {one.func.attr} of all rows"
                return [
                    _with(base, Taint(line, what, is_overlap=False, is_high=False, roots=base.roots, role=base.role))
                ]
        return []

    def _is_fold_split(self, node: ast.Call) -> bool:
        maker = self._makers.of(node.func.value) if isinstance(node.func, ast.Attribute) else None
        return maker is not None and maker.is_splitter


def _with(value: Value, taint: Taint) -> Value:
    return value._replace(taints=value.taints | {taint})
