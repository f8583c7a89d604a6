from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import SET_NULL

from core.tables import Together


def keep_links(apps, schema_editor):
    """What the history did not say so far: where each standing text came from."""
    sections = apps.get_model("guidelines", "Section").objects
    revisions = apps.get_model("guidelines", "SectionRevision").objects
    linked = sections.exclude(origin=None, source=None, origin_note="").select_related("origin", "source")
    for section in linked.iterator():
        remembered = revisions.filter(guidelines=section.guidelines_id, section_code=section.code)
        remembered.update(
            origin_code=section.origin.code if section.origin else "",
            origin_note=section.origin_note,
            source_code=section.source.code if section.source else "",
        )
        remembered.filter(version=section.row_version).update(
            origin_version=section.origin_version, source_version=section.source_version
        )


def tell_retirement(apps, schema_editor):
    """The day, and what replaces them. The reason is not taken over: nobody who wrote it was told that it
    would be read by everybody."""
    guidelines = apps.get_model("guidelines", "Guidelines").objects
    events = apps.get_model("accounts", "AuditEvent").objects.filter(verb="retired guidelines")
    for move in apps.get_model("guidelines", "GuidelinesMove").objects.filter(now="retired").order_by("pk"):
        row = guidelines.get(pk=move.guidelines_id)
        event = events.filter(subject=row.code).order_by("at").last()
        code = event.detail.get("replaced_by", "") if event else ""
        row.retired_on = move.on
        row.replaced_by = guidelines.filter(code=code, country=row.country_id).exclude(pk=row.pk).first()
        row.save(update_fields=["retired_on", "replaced_by"])


def added(model, **fields):
    return [
        migrations.AddField(model_name=model, name=name, field=field) for name, field in fields.items()
    ]


def row_version():
    return models.PositiveIntegerField(default=1, editable=False)


def updated_by():
    return models.ForeignKey(
        editable=False, null=True, on_delete=SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0001_initial"),
        ("guidelines", "0004_versions_and_marks"),
        ("workshops", "0002_in_full"),
    ]

    operations = [
        Together([
            *added("fieldtest", row_version=row_version(), updated_by=updated_by()),
            *added("signatory", row_version=row_version(), updated_by=updated_by()),
            *added(
                "picture",
                row_version=row_version(),
                updated_at=models.DateTimeField(auto_now=True, verbose_name="last changed"),
                updated_by=updated_by(),
                workshop=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=SET_NULL,
                    related_name="pictures",
                    to="workshops.workshop",
                    verbose_name="workshop",
                ),
            ),
            *added(
                "guidelines",
                retired_on=models.DateField(blank=True, editable=False, null=True, verbose_name="retired on"),
                retired_reason=models.TextField(
                    blank=True, editable=False, max_length=1500, verbose_name="why they are retired"
                ),
                replaced_by=models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=SET_NULL,
                    related_name="replaces",
                    to="guidelines.guidelines",
                ),
            ),
            *added(
                "sectionrevision",
                origin_code=models.CharField(blank=True, max_length=12),
                origin_version=models.PositiveIntegerField(blank=True, null=True),
                origin_note=models.CharField(blank=True, max_length=300),
                source_code=models.CharField(blank=True, max_length=12),
                source_version=models.PositiveIntegerField(blank=True, null=True),
            ),
        ]),
        migrations.RunPython(keep_links, migrations.RunPython.noop),
        migrations.RunPython(tell_retirement, migrations.RunPython.noop),
    ]
