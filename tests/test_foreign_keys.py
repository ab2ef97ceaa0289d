"""String foreign keys escape import-linter: this walks every model's relations against the layers' numbers."""

import re
from configparser import ConfigParser
from pathlib import Path

from django.apps import apps

LINTER = ConfigParser()
LINTER.read(Path(__file__).parents[1] / ".importlinter", encoding="utf-8")
LAYERS = LINTER["importlinter:contract:layers"]["layers"].split("\n")
NUMBER = {package: number for number, layer in enumerate(reversed(LAYERS)) for package in re.findall(r"\w+", layer)}


def package_of(model):
    """Yield the package below ``assay``; an app's label may differ from it."""
    module = model.__module__.split(".")
    return module[1] if module[0] == "assay" else None


def test_foreign_keys_point_to_smaller_numbers():
    wrong = []
    for model in apps.get_models():
        package = package_of(model)
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model is None or package is None:
                continue
            target = package_of(field.related_model)
            if target not in {None, package} and NUMBER[target] >= NUMBER[package]:
                wrong.append(f"{package}.{model.__name__}.{field.name} -> {target}")
    assert wrong == []


def test_every_package_with_models_has_a_number():
    ours = {package for model in apps.get_models() if (package := package_of(model)) is not None}
    assert sorted(ours - NUMBER.keys()) == []
    assert NUMBER["core"] < NUMBER["people"] < NUMBER["web"]
