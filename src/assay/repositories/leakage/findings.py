"""What is found while rows are followed, and the few facts from which it is found."""

import ast

from assay.repositories.leakage.syntax import is_whole_sample
from assay.repositories.leakage.values import Leak, Role, Taint, Value, role_of_name
from assay.repositories.model import LeakKind


class Findings:
    """The leaks of one scope."""

    def __init__(self) -> None:
        self.leaks: list[Leak] = []
        self.fitted: dict[str, tuple[Value, int]] = {}
        """Variable of an object that learns to the rows that it was last fitted on, and the line."""
        self.stopped_on_test: list[tuple[int, frozenset[str]]] = []
        """Lines of trainings that the test set stops, and its tables."""
        self._samples: dict[tuple[str, Role], int] = {}

    def report(self, leak: Leak | None) -> None:
        """Keep a finding, where there is one."""
        if leak is not None:
            self.leaks.append(leak)

    def divided(self, value: Value, line: int) -> None:
        """Divide rows: whatever was learned from all of them is now on both sides."""
        for taint in value.taints:
            if taint.role is value.role:
                self.learned(taint, line)

    def learned(self, taint: Taint, line: int) -> None:
        """Keep the finding that a taint is, seen to matter on a line."""
        if taint.is_overlap:
            why = f"{taint.what} before the rows are divided: near copies of a row may stand on both sides."
            self.leaks.append(Leak(LeakKind.OVERLAP, taint.line, line, why, is_high=True))
        else:
            why = f"{taint.what} learns from all rows, test rows among them, before they are divided."
            self.leaks.append(Leak(LeakKind.PREPROCESSING, taint.line, line, why, taint.is_high))

    def asked(self, owner: str, given: Value, line: int) -> None:
        """Look at what a model was trained on when it is asked about test rows."""
        if given.role is not Role.TEST:
            return
        for stopped, roots in self.stopped_on_test:
            if roots & given.roots:
                why = "The training stops, or keeps its best state, by the test set on which it is then judged."
                self.leaks.append(Leak(LeakKind.MULTI_TEST, stopped, line, why, is_high=True))
        if owner not in self.fitted:
            return
        fitted, fit_line = self.fitted[owner]
        if fitted.role in {Role.WHOLE, Role.TEST} and fitted.roots & given.roots:
            why = "The model is trained on rows among which are those that it is then tested on."
            self.leaks.append(Leak(LeakKind.OVERLAP, fit_line, line, why, is_high=True))

    def note_sample(self, name: str, value: ast.expr) -> None:
        """Look at samples: two that are drawn apart from one table share rows."""
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
