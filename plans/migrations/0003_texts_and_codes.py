"""The two texts of a plan become sections, beside three empty ones; statements and indicators get codes."""

from django.db import migrations

from plans.models.codes import alignment_code, indicator_code, section_code

BATCH = 500


def make_sections(apps, schema_editor):
    plans = apps.get_model('plans', 'LocalActionPlan')
    sections = apps.get_model('plans', 'PlanSection')
    new = []
    for plan in plans.objects.all().iterator():
        for kind in ('foreword', 'vision', 'situation', 'legal_frame', 'monitoring'):
            text = getattr(plan, kind, '')
            new.append(
                sections(code=section_code(), plan=plan, kind=kind, text=text, is_demo=plan.is_demo)
            )
    sections.objects.bulk_create(new, batch_size=BATCH)


def give_codes(apps, schema_editor):
    for name, code in (('Alignment', alignment_code), ('Indicator', indicator_code)):
        rows = list(apps.get_model('plans', name).objects.all())
        for row in rows:
            row.code = code()
        apps.get_model('plans', name).objects.bulk_update(rows, ['code'], batch_size=BATCH)


def put_texts_back(apps, schema_editor):
    sections = apps.get_model('plans', 'PlanSection').objects
    plans = apps.get_model('plans', 'LocalActionPlan').objects
    for section in sections.filter(kind__in=['vision', 'situation']):
        plans.filter(pk=section.plan_id).update(**{section.kind: section.text[:10_000]})


class Migration(migrations.Migration):

    dependencies = [('plans', '0002_in_full')]

    operations = [
        migrations.RunPython(make_sections, put_texts_back),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
    ]
