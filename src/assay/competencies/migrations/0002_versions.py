import django.db.models.deletion
from django.db import migrations, models

import assay.core.ids


def give_refs(apps, _schema_editor):
    """Give each row a reference of its own: a default would give all the same one."""
    rows = apps.get_model("competencies", "CustomCompetency").objects
    for row in rows.filter(ref=None):
        row.ref = assay.core.ids.new_ref()
        row.save(update_fields=["ref"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("competencies", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="customcompetency",
            name="is_retired",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="customcompetency",
            name="ref",
            field=models.CharField(editable=False, max_length=12, null=True),
        ),
        migrations.RunPython(give_refs, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="customcompetency",
            name="ref",
            field=models.CharField(default=assay.core.ids.new_ref, editable=False, max_length=12, unique=True),
        ),
        migrations.CreateModel(
            name="CustomCompetencyVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("definition", models.JSONField()),
                ("is_retired", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                ("change_note", models.CharField(blank=True, max_length=300)),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="competencies.customcompetency",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("competency", "number"), name="custom_competency_version_unique"
                    )
                ],
            },
        ),
    ]
