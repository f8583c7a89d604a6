from django.db import migrations


def blocks_into_the_text(apps, schema_editor):
    """A section's one block stood after its text: now a mark at the end of the text says so."""
    for section in apps.get_model("guidelines", "Section").objects.exclude(block="").iterator():
        section.body = f"{section.body}\n\n{{{{{section.block}}}}}\n".lstrip("\n")
        section.save(update_fields=["body"])


def blocks_out_of_the_text(apps, schema_editor):
    """Back: the last mark at the end of a text that the released field knows."""
    known = {choice[0] for choice in apps.get_model("guidelines", "Section")._meta.get_field("block").choices}
    for section in apps.get_model("guidelines", "Section").objects.filter(body__contains="{{").iterator():
        lines = section.body.rstrip().split("\n")
        kind = lines[-1].strip().removeprefix("{{").removesuffix("}}").strip()
        if lines[-1].strip().startswith("{{") and kind in known:
            section.block = kind
            section.body = "\n".join(lines[:-1]).rstrip()
            section.save(update_fields=["block", "body"])


def number_versions(apps, schema_editor):
    """Two documents of one country in one language: the older is version 1."""
    guidelines = apps.get_model("guidelines", "Guidelines").objects
    last = {}
    for row in guidelines.order_by("country_id", "language", "created_at", "pk").iterator():
        key = (row.country_id, row.language)
        last[key] = last.get(key, 0) + 1
        guidelines.filter(pk=row.pk).update(version=last[key])


class Migration(migrations.Migration):

    dependencies = [("guidelines", "0002_in_full")]

    operations = [
        migrations.RunPython(blocks_into_the_text, blocks_out_of_the_text),
        migrations.RunPython(number_versions, migrations.RunPython.noop),
    ]
