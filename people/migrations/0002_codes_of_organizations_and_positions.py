from django.db import migrations, models

import people.codes


def give_codes(apps, schema_editor):
    """One code for each row: a default would be asked for once for all of them."""
    makers = {"Organization": people.codes.organization_code, "Position": people.codes.office_code}
    for name, make in makers.items():
        model = apps.get_model("people", name)
        for row in model.objects.filter(code=None).only("pk").iterator():
            model.objects.filter(pk=row.pk).update(code=make())


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            "organization",
            "code",
            models.CharField(editable=False, max_length=12, null=True, verbose_name="code"),
        ),
        migrations.AddField(
            "position",
            "code",
            models.CharField(editable=False, max_length=12, null=True, verbose_name="code"),
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "organization",
            "code",
            models.CharField(
                default=people.codes.organization_code,
                editable=False,
                max_length=12,
                unique=True,
                verbose_name="code",
            ),
        ),
        migrations.AlterField(
            "position",
            "code",
            models.CharField(
                default=people.codes.office_code,
                editable=False,
                max_length=12,
                unique=True,
                verbose_name="code",
            ),
        ),
    ]
