"""Follows rows through one scope of Python, statement by statement, as far as names and well-known calls tell."""

import ast
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assay.repositories.leakage.choice import OPTIMISERS, Choices, Summary, searched_on_test
from assay.repositories.leakage.findings import Findings
from assay.repositories.leakage.known import (
    CHOOSING,
    CROSS_VALIDATIONS,
    HIGH_HARM,
    SPLIT_CALLS,
    STATISTICS,
)
from assay.repositories.leakage.makers import Maker, Makers
from assay.repositories.leakage.syntax import (
    READS,
    draws_again,
    group_statistic,
    is_true,
    is_zero,
    last_name,
    part_said_in,
    root_name,
)
from assay.repositories.leakage.values import NOTHING, Role, Taint, Value, merged, role_of_name, taint_of

_LOADS = ("read_", "load", "fetch_", "genfromtxt", "make_", "from_")
_LEARNS = frozenset({"fit_transform", "fit", "adapt"})
_ASKS = frozenset({"predict", "predict_proba", "decision_function", "score", "evaluate", "predict_classes"})


class _Statistic(NamedTuple):
    name: str
    of: Value


class Flow:
    """One scope. Calls of functions whose insides are not known yield what goes into them."""

    def __init__(
        self,
        *,
        parameters: Sequence[str] = (),
        functions: Mapping[str, Summary] | None = None,
        makers: Mapping[str, Maker] | None = None,
    ) -> None:
        self.findings = Findings()
        self.returned: list[Value] = []
        self._functions = functions or {}
        self._values: dict[str, Value] = {
            name: Value(frozenset({name}), role_of_name(name) or Role.WHOLE)
            for name in parameters if name not in {"self", "cls"}
        }  # fmt: skip
        self._makers = Makers(makers or {})
        self._choices = Choices()
        self._statistics: dict[str, _Statistic] = {}

    def run(self, body: Sequence[ast.stmt]) -> None:
        """Follow statements in their order."""
        for statement in body:
            self._step(statement)

    def _step(self, node: ast.stmt) -> None:
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            self._set(node)
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
        elif isinstance(node, ast.Return) and node.value is not None:
            self.returned.append(self.value(node.value))
        elif isinstance(node, ast.Expr):
            self._plain(node.value)

    def _set(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> None:
        if isinstance(node, ast.AugAssign):
            self._change(node)
        elif node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                self._assign(target, node.value)

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
            self._choices.note_collected(base)

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
        is_whole = isinstance(target, ast.Name) or name.startswith("self.")
        maker = self._makers.made_by(value) if is_whole else None
        if maker is not None:
            self._makers[name] = maker
            self.findings.fitted.pop(name, None)
            self._take_over_fit(name, value)
        found = self.value(value)
        if not isinstance(target, ast.Name) and name in self._values and not name.startswith("self."):
            self._set_column(name, found)
            return
        self._choices.note_result(name, value)
        statistic = self._statistic(value)
        if statistic is not None:
            self._statistics[name] = statistic
        self.findings.note_sample(name, value)
        self._bind(name, found, value.lineno)
        if is_whole and maker is None:
            self._carry_fit(name, value)

    def _take_over_fit(self, name: str, value: ast.expr) -> None:
        """Let ``SelectFromModel(model, prefit=True)`` have learned from what the model was fitted on."""
        words = value.keywords if isinstance(value, ast.Call) else []
        if not any(word.arg == "prefit" and is_true(word.value) for word in words):
            return
        for one in ast.walk(value):
            if isinstance(one, ast.Name) and one.id in self.findings.fitted:
                self.findings.fitted[name] = self.findings.fitted[one.id]

    def _set_column(self, name: str, found: Value) -> None:
        """Set a column: the table stays what it is, with what was learned for the column."""
        before = self._values[name]
        if not before.is_data:
            self._values[name] = found
            self._choices.note_collected(name)
            return
        same = frozenset(taint for taint in found.taints if taint.roots & before.roots)
        self._values[name] = before._replace(taints=before.taints | same)

    def _carry_fit(self, name: str, value: ast.expr) -> None:
        """``model = LinearRegression().fit(X, y)``, and a second name for the same object."""
        if isinstance(value, ast.Name) and value.id in self._makers:
            self._makers[name] = self._makers[value.id]
            if value.id in self.findings.fitted:
                self.findings.fitted[name] = self.findings.fitted[value.id]
        elif (
            isinstance(value, ast.Call)
            and isinstance(value.func, ast.Attribute)
            and value.func.attr == "fit"
            and value.args
        ):
            maker = self._makers.of(value.func.value)
            if maker is not None:
                self._makers[name] = maker
                self.findings.fitted[name] = (self.value(value.args[0]), value.lineno)

    def _bind(self, name: str, value: Value, line: int) -> None:
        role = role_of_name(name)
        if value.is_data and role is not None and value.role is not role:
            self.findings.divided(value, line)
            value = Value(value.roots, role, value.taints)
        self._values[name] = value

    def _split(self, names: Sequence[str], call: ast.Call) -> None:
        parts = [self.value(argument) for argument in call.args if not isinstance(argument, ast.Starred)]
        for part in parts:
            self.findings.divided(part, call.lineno)
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
        self.findings.report(self._choices.kept_by(node, self.value))
        self.run(node.body)
        self.run(node.orelse)

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While) -> None:
        if not isinstance(node, ast.While):
            found = self.value(node.iter)
            names = [one for one in ast.walk(node.target) if isinstance(one, ast.Name)]
            is_folds = isinstance(node.iter, ast.Call) and self._makers.is_fold_split(node.iter)
            for place, name in enumerate(names):
                role = (Role.TRAIN, Role.VALIDATION)[place % 2] if is_folds else found.role
                self._values[name.id] = Value(found.roots, role)
        self._choices.enter(node)
        self.run(node.body)
        self._choices.leave()

    def value(self, node: ast.AST) -> Value:
        """Yield the rows that an expression comes from."""
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.Subscript):
            return self._subscript(node)
        if isinstance(node, ast.BinOp):
            return self._sum(node)
        own = root_name(node) if isinstance(node, ast.Name | ast.Attribute) else ""
        if own and (isinstance(node, ast.Name) or own.startswith("self.")):
            return self._name(own)
        if isinstance(node, ast.Lambda | ast.Constant):
            return NOTHING
        return merged([self.value(child) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)])

    def _sum(self, node: ast.BinOp) -> Value:
        # A mean that rows are measured by is no row itself: it does not make test rows into others.
        sides = [one for one in (node.left, node.right) if self._statistic(one) is None]
        both = merged([self.value(one) for one in sides or (node.left, node.right)])
        return merged([both, *self._by_statistics(node, both, node.lineno)])

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
            self.findings.divided(base, node.lineno)
            return Value(base.roots, role, base.taints)
        return base

    def _call(self, node: ast.Call) -> Value:
        name = last_name(node.func)
        if isinstance(node.func, ast.Attribute):
            maker = self._makers.of(node.func.value)
            if maker is not None:
                return self._method(node, maker, root_name(node.func.value))
        elif name in self._functions:
            return self._own_function(node, self._functions[name])
        elif name in self._makers and node.args:
            # A layer that has learned is applied by calling it.
            return self._transformer(node, self._makers[name], name, "transform", self._rows(node.args[0]))
        if name in OPTIMISERS:
            self.findings.report(searched_on_test(node, self._functions))
        arguments = [self.value(argument) for argument in (*node.args, *(word.value for word in node.keywords))]
        base = self.value(node.func.value) if isinstance(node.func, ast.Attribute) else NOTHING
        for argument in arguments:
            if name in SPLIT_CALLS or (name in CROSS_VALIDATIONS and argument.role is Role.WHOLE):
                self.findings.divided(argument, node.lineno)
        return self._passed_through(node, base, merged([base, *arguments]))

    def _own_function(self, node: ast.Call, summary: Summary) -> Value:
        """Yield what a function of the same file makes of the rows that it is given."""
        given = {name: self.value(one) for name, one in zip(summary.parameters, node.args, strict=False)}
        given |= {word.arg: self.value(word.value) for word in node.keywords if word.arg in summary.parameters}
        rows = merged([*given.values(), *(self.value(one) for one in node.args[len(summary.parameters) :])])
        taints = set(rows.taints)
        for taint in summary.value.taints:
            of = merged([given[name] for name in taint.roots if name in given])
            if of.is_data and taint.roots <= set(given) and taint.role is Role.WHOLE:
                taints.add(taint._replace(roots=of.roots, role=of.role, line=taint.line))
        return rows._replace(taints=frozenset(taints))

    def _passed_through(self, node: ast.Call, base: Value, found: Value) -> Value:
        """Yield the rows that a call of something unknown gives back: those that it was given."""
        name, line = last_name(node.func), node.lineno
        if name in CHOOSING:
            self.findings.report(self._choices.taken_from(node, found))
        if name == "resample" and found.is_data and draws_again(node):
            what = "Rows are drawn with replacement"
            return _with(found, taint_of(found, line, what, is_overlap=True, is_high=True))
        if name == "transform" and base.is_data and (statistic := group_statistic(node)):
            what = f"A {statistic} by group over all rows"
            return _with(found, taint_of(found, line, what, is_overlap=False, is_high=True))
        if name == "fillna" and base.is_data:
            return merged([found, *self._by_statistics(node, base, line)])
        if not found.is_data and name.startswith(_LOADS):
            return Value(frozenset({f"{name}@{line}:{node.col_offset}"}))
        return found

    def _method(self, node: ast.Call, maker: Maker, owner: str) -> Value:
        method = last_name(node.func)
        values = [self._rows(argument) for argument in node.args]
        extra = [self.value(word.value) for word in node.keywords]
        given = values[0] if values else merged(extra)
        if maker.is_oversampler and method in {"fit_resample", "fit_sample"}:
            return _with(
                given,
                taint_of(given, node.lineno, f"Rows are made by {maker.name}", is_overlap=True, is_high=True),
            )
        if maker.is_splitter and method == "split":
            self.findings.divided(given, node.lineno)
            return given
        if maker.is_learned and not maker.is_estimator:
            return self._transformer(node, maker, owner, method, given)
        if maker.is_estimator:
            return self._estimator(node, maker, owner, method, values)
        return merged([*values, *extra])

    def _rows(self, node: ast.expr) -> Value:
        """Yield an argument of something that learns or divides: it is rows, even if nothing is known of them."""
        found = self.value(node)
        name = root_name(node)
        if found.is_data or not name or name in self._makers:
            return found
        self._values[name] = Value(frozenset({name}), role_of_name(name) or Role.WHOLE)
        return self._values[name]

    def _transformer(self, node: ast.Call, maker: Maker, owner: str, method: str, given: Value) -> Value:
        taint = taint_of(given, node.lineno, maker.name, is_overlap=False, is_high=maker.name in HIGH_HARM)
        if method in _LEARNS and given.is_data:
            self.findings.fitted[owner] = (given, node.lineno)
            return _with(given, taint) if method == "fit_transform" else given
        if method == "transform" and owner in self.findings.fitted:
            fitted, line = self.findings.fitted[owner]
            learned = taint_of(fitted, line, maker.name, is_overlap=False, is_high=maker.name in HIGH_HARM)
            if not fitted.roots & given.roots:
                return given
            if fitted.role is Role.WHOLE and given.role in {Role.TRAIN, Role.TEST}:
                self.findings.learned(learned, node.lineno)
            return _with(given, learned) if fitted.role is given.role else given
        return given

    def _estimator(self, node: ast.Call, maker: Maker, owner: str, method: str, values: list[Value]) -> Value:
        given = values[0] if values else NOTHING
        if method in READS and given.is_data:
            self.findings.fitted[owner] = (given, node.lineno)
            is_search = maker.name.endswith("SearchCV")
            has_own_split = any(word.arg == "validation_split" and not is_zero(word.value) for word in node.keywords)
            if (is_search and given.role is Role.WHOLE) or has_own_split:
                self.findings.divided(given, node.lineno)
            self._note_stopping(node)
        elif method in _ASKS and given.is_data:
            self.findings.asked(owner, given, node.lineno)
            return given
        return given

    def _note_stopping(self, node: ast.Call) -> None:
        words = {word.arg: word.value for word in node.keywords}
        watched = words.get("eval_set", words.get("validation_data"))
        if watched is None or not self._makers.stops(node):
            return
        found = self.value(watched)
        if found.role is Role.TEST:
            self.findings.stopped_on_test.append((node.lineno, found.roots))

    def _by_statistics(self, node: ast.AST, base: Value, line: int) -> list[Value]:
        """Yield the base with what an expression such as ``(X - X.mean()) / X.std()`` learned of all its rows."""
        for one in ast.walk(node) if base.is_data else ():
            known = self._statistic(one)
            if known is not None and known.of.roots & base.roots and known.of.role is base.role:
                what = f"A {known.name} of all rows"
                return [_with(base, taint_of(base, line, what, is_overlap=False, is_high=False))]
        return []

    def _statistic(self, node: ast.AST) -> _Statistic | None:
        """Yield of which rows an expression, or the variable that keeps it, is a mean or the like."""
        if isinstance(node, ast.Name):
            return self._statistics.get(node.id)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in STATISTICS:
            return _Statistic(node.func.attr, self.value(node.func.value))
        return None


def _with(value: Value, taint: Taint) -> Value:
    return value._replace(taints=value.taints | {taint})
