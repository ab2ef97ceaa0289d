"""String foreign keys escape import-linter: this walks every model's relations against the packages' numbers."""

from django.apps import apps

ORDER = [
    {"core"}, {"accounts"}, {"audit"}, {"outbox"}, {"competencies"}, {"roles", "people"},
    {"applications", "evidence"}, {"sourcing", "matching"},
]  # fmt: skip
NUMBER = {label: number for number, labels in enumerate(ORDER) for label in labels}


def test_foreign_keys_point_to_smaller_numbers():
    wrong = []
    for model in apps.get_models():
        label = model._meta.app_label
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model is None or label not in NUMBER:
                continue
            target = field.related_model._meta.app_label
            if target != label and NUMBER.get(target, -1) >= NUMBER[label]:
                wrong.append(f"{label}.{model.__name__}.{field.name} -> {target}")
    assert wrong == []


def test_every_package_with_models_has_a_number():
    ours = {model._meta.app_label for model in apps.get_models() if model.__module__.startswith("assay.")}
    assert ours <= NUMBER.keys()
