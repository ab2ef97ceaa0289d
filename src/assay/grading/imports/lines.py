"""Exercises that come as one JSON object each: HumanEval's fields and those of its relatives, and MBPP's."""

import json
import re
from typing import Any

import yaml

from assay.grading.errors import TaskError
from assay.grading.model import Files

LANGUAGES = {"python": "python", "py": "python", "java": "java", "r": "r"}
ENTRY = {"python": "solution.py", "java": "Solution.java", "r": "solution.R"}
JAVA_END = "        throw new UnsupportedOperationException();\n    }\n}\n"
R_END = '    stop("not written yet")\n}\n'
JAVA = ("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""A short program is over before a second compiler or collector pays."""
JAVAC = ("javac", "-J-XX:+UseSerialGC", "-J-XX:TieredStopAtLevel=1")
COMPETENCY = {"python": "python", "java": "java", "r": "r_language"}


def from_humaneval(record: dict[str, Any]) -> Files:
    """Yield the task folder of a record with prompt, canonical_solution, entry_point and test.

    Raises
    ------
    TaskError
        A field is missing or no text, or the language is none that runs here.
    """
    language = _language(record)
    prompt, test = _text(record, "prompt"), _text(record, "test" if "test" in record else "tests")
    solution = _text(record, "canonical_solution")
    entry = _text(record, "entry_point") if language == "python" else str(record.get("entry_point", ""))
    about = str(record.get("description") or record.get("text") or "") or _docstring(prompt)
    files = _common(record, language, about, prompt)
    files[f"reference/{ENTRY[language]}"] = _closed(prompt + solution, language).encode()
    files[f"starter/{ENTRY[language]}"] = _stub(prompt, language).encode()
    if language == "python":
        files["hidden/prelude.py"] = _helpers(prompt).encode()
        files["hidden/tests.py"] = test.encode()
        tests = {"style": "check", "file": "tests.py", "candidate": entry, "prelude": "prelude.py"}
        return _with_yaml(files, record, language, tests)
    return _in_box(files, record, language, prompt, test)


def from_mbpp(record: dict[str, Any]) -> Files:
    """Yield the task folder of a record with text (or prompt), code, test_list and perhaps a set-up.

    Raises
    ------
    TaskError
        A field is missing or not as it should be; no test names a function of the code.
    """
    about = _text(record, "text" if "text" in record else "prompt")
    code = _text(record, "code")
    tests = record.get("test_list")
    if not isinstance(tests, list) or not tests or not all(isinstance(test, str) for test in tests):
        raise TaskError("test_list is no list of statements")
    challenge = [test for test in record.get("challenge_test_list") or [] if isinstance(test, str)]
    setup = "\n".join([*map(str, record.get("test_imports") or []), str(record.get("test_setup_code") or "")])
    defined = re.findall(r"^def\s+(\w+)", code, re.MULTILINE)
    named = [name for name in defined if any(re.search(rf"\b{name}\s*\(", test) for test in tests)]
    if not named:
        raise TaskError("no test calls a function that the code defines")
    files = _common(record, "python", about, f"{about}\n\nFor example: `{tests[0]}`")
    files["reference/solution.py"] = code.encode()
    head = re.search(rf"^def\s+{named[-1]}\s*\(.*?\)\s*(?:->[^:]+)?:", code, re.MULTILINE | re.DOTALL)
    files["starter/solution.py"] = f"{head[0] if head else f'def {named[-1]}(*args):'}\n    ...\n".encode()
    files["hidden/tests.py"] = json.dumps([*tests, *challenge]).encode()
    files["hidden/prelude.py"] = setup.encode()
    part = {"style": "asserts", "file": "tests.py", "candidate": named[-1], "prelude": "prelude.py"}
    return _with_yaml(files, record, "python", part)


def _in_box(files: Files, record: dict[str, Any], language: str, prompt: str, test: str) -> Files:
    """Java and R: tests run as a program in the hand-in's own box."""
    if language == "java":
        imports = "\n".join(line for line in prompt.splitlines() if line.startswith("import "))
        files["hidden/Main.java"] = f"{imports}\n{_main_of(prompt, test)}".encode()
        part = {"style": "program", "file": "Main.java", "argv": [*JAVA, "-ea", "-cp", "build", "Main"]}
        return _with_yaml(files, record, language, part, [*JAVAC, "-d", "build", "Solution.java", "Main.java"])
    files["hidden/tests.R"] = f'source("solution.R")\n{test}\n'.encode()
    part = {"style": "program", "file": "tests.R", "argv": ["Rscript", "--vanilla", "tests.R"]}
    return _with_yaml(files, record, language, part)


def _main_of(prompt: str, test: str) -> str:
    """Yield the tests as a class of their own; some collections go on within the solution's class."""
    if not test.lstrip().startswith("}"):
        return test
    solution = re.search(r"\bclass\s+(\w+)", prompt)
    if solution is None:
        raise TaskError("the tests go on within a class that the prompt does not begin")
    return f"class Main extends {solution[1]} {{\n{test.lstrip()[1:]}"


def _closed(program: str, language: str) -> str:
    """Close the blocks that a collection leaves to its tests."""
    if language == "python":
        return program
    return program.rstrip() + "\n" + "}\n" * max(0, program.count("{") - program.count("}"))


def _with_yaml(
    files: Files, record: dict[str, Any], language: str, tests: dict[str, Any], compile_line: list[str] | None = None
) -> Files:
    head = {
        "title": title_of(str(record.get("entry_point") or record.get("name") or record.get("task_id"))),
        "summary": f"Imported: {record.get('task_id') or record.get('name')}",
        "family": "exercise",
        "runtime": language,
        "minutes": 15,
        "level": 2,
        "competencies": {COMPETENCY[language]: 0.6},
        "entry": ENTRY[language],
        "groups": {"tests": {"about": "The collection's own tests"}},
        "tests": tests,
        "limits": {"cpu_s": 20 if language != "python" else 10, "memory_mib": 1024 if language != "python" else 512},
        "sources": [str(record.get("task_id") or record.get("name") or "imported")],
        **({"compile": compile_line} if compile_line else {}),
    }
    return {**files, "task.yaml": yaml.safe_dump(head, sort_keys=False, allow_unicode=True).encode()}


def _common(record: dict[str, Any], language: str, about: str, prompt: str) -> Files:
    fence = {"python": "python", "java": "java", "r": "r"}[language]
    body = about.strip() if prompt.startswith(about[:20]) and about.strip() else f"```{fence}\n{prompt.rstrip()}\n```"
    title = title_of(str(record.get("entry_point") or record.get("task_id") or "Exercise"))
    return {"statement.md": f"# {title}\n\n{body}\n".encode()}


def title_of(name: str) -> str:
    """Yield a name such as ``has_close_elements`` or ``minCost`` as words."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[_\-/]+", " ", name).strip().lower()
    return words[:1].upper() + words[1:] if words else "Exercise"


def _stub(prompt: str, language: str) -> str:
    end = {"python": f"{_indent_of(prompt)}...\n", "java": JAVA_END, "r": R_END}[language]
    return f"{prompt.rstrip()}\n{end}"


def _helpers(prompt: str) -> str:
    """Yield the statement as a program: a last function without even a docstring needs a body."""
    return f"{prompt.rstrip()}\n{_indent_of(prompt)}pass\n"


def _indent_of(prompt: str) -> str:
    """Yield how the last function's body is indented: as its last line, or by four signs where that opens it."""
    last = prompt.rstrip().rpartition("\n")[2]
    before = last[: len(last) - len(last.lstrip())]
    return f"{before}    " if last.endswith(":") else before or "    "


def _docstring(prompt: str) -> str:
    found = re.search(r'("""|\'\'\')(.*?)\1', prompt, re.DOTALL)
    return found[2].strip() if found else ""


def _language(record: dict[str, Any]) -> str:
    name = str(record.get("language") or str(record.get("task_id", "")).partition("/")[0]).lower()
    if (
        str(record.get("task_id", "")).lower().startswith(("humaneval", "mbpp", "mbpython"))
        and "language" not in record
    ):
        name = "python"
    name = {"mbjp": "java", "mbrp": "r"}.get(name, name)
    if name not in LANGUAGES:
        if "language" not in record:
            return "python"
        raise TaskError(f"the language {name!r} is not run; {', '.join(sorted(set(LANGUAGES.values())))} are")
    return LANGUAGES[name]


def _text(record: dict[str, Any], field: str) -> str:
    value = record.get(field)
    if not isinstance(value, str) or (not value.strip() and field != "canonical_solution"):
        raise TaskError(f"the field {field!r} is missing or no text")
    return value
