"""The tests' side of a duet: runs test code against stand-ins for the code under test, and says how each test went.

Started as ``python duet_tests.py PLAN IN OUT``: the plan as JSON and two descriptors that lead to the other side. The
verdicts go to the standard output, which the tests' own prints do not reach, as one JSON line a test:
``{"test": name, "status": "OK" | "WA" | "RE", "detail": text}``. The last line is ``{"done": true}``.
"""

import importlib
import json
import os
import sys
import traceback
import types
import unittest

sys.path.append(os.path.dirname(os.path.abspath(__file__)))

import duet  # type: ignore[import-not-found]

MAX_DETAIL = 2000


def main():
    """Run the tests of the folder in the style asked for."""
    plan = json.loads(sys.argv[1])
    side = duet.Side(duet.Channel(os.fdopen(int(sys.argv[2]), "rb"), os.fdopen(int(sys.argv[3]), "wb")))
    verdicts = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.argv = [plan["test_entry"]]
    sys.path.insert(0, plan["folder"])
    try:
        run = {"check": run_check, "asserts": run_asserts, "unittest": run_unittest}[plan["style"]]
        for name, status, detail in run(side, plan):
            print(
                json.dumps({"test": name, "status": status, "detail": detail[-MAX_DETAIL:]}), file=verdicts, flush=True
            )
    except duet.DuetError as error:
        print(json.dumps({"test": "", "status": "RE", "detail": str(error)}), file=verdicts, flush=True)
    print(json.dumps({"done": True}), file=verdicts, flush=True)


def loaded(side, module):
    """Yield the stand-in for a module of the other side."""
    sys.meta_path.insert(0, duet.Finder(side, [module]))
    return importlib.import_module(module)


def source_of(plan):
    """Yield the text of the test file."""
    with open(os.path.join(plan["folder"], plan["test_entry"]), encoding="utf-8") as file:
        return file.read()


def namespace_of(plan, module):
    """Yield the names that a test in the form of one file expects: the statement's own helpers, then the hand-in's."""
    space = {"__name__": "tests"}
    if plan.get("prelude"):
        # The statement's own text: imports and helper functions that tests may use as well.
        exec(compile(plan["prelude"], "statement", "exec"), space)
    if plan["candidate"]:
        space[plan["candidate"]] = getattr(module, plan["candidate"])
    return space


def run_check(side, plan):
    """Run a file that defines ``check(candidate)``, as HumanEval's do."""
    module = loaded(side, plan["module"])
    space = namespace_of(plan, module)
    exec(compile(source_of(plan), plan["test_entry"], "exec"), space)
    yield one("check", lambda: space["check"](getattr(module, plan["candidate"])))


def run_asserts(side, plan):
    """Run a JSON list of assert statements, as MBPP's are, each by itself."""
    module = loaded(side, plan["module"])
    for number, statement in enumerate(json.loads(source_of(plan)), 1):
        space = namespace_of(plan, module)
        space.update({name: getattr(module, name) for name in module.__all__ if name not in space})
        yield one(f"assert {number}", lambda line=statement, names=space: exec(line, names))


def run_unittest(side, plan):
    """Run a module of unittest cases, or of plain ``test_`` functions, that imports the module under test."""
    loaded(side, plan["module"])
    name = plan["test_entry"].rpartition("/")[2].removesuffix(".py")
    module = importlib.import_module(name)
    for case in _flat(unittest.defaultTestLoader.loadTestsFromModule(module)):
        result = unittest.TestResult()
        case.run(result)
        failed = [(("WA"), text) for _, text in result.failures] + [("RE", text) for _, text in result.errors]
        yield (case.id(), *(failed[0] if failed else ("OK", "")))
    for name, function in vars(module).items():
        if name.startswith("test_") and isinstance(function, types.FunctionType):
            yield one(name, function)


def one(name, run):
    """Yield a test's name, status and detail."""
    try:
        run()
    except AssertionError as error:
        return name, "WA", str(error)
    except duet.DuetError:
        raise
    except BaseException as error:
        return name, "RE", "".join(traceback.format_exception_only(error))
    return name, "OK", ""


def _flat(suite):
    for entry in suite:
        if isinstance(entry, unittest.TestSuite):
            yield from _flat(entry)
        else:
            yield entry


if __name__ == "__main__":
    main()
