"""Many tables in one step of a migration."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from core.tables import CreateTogether


def table(model, /, **fields):
    return migrations.CreateModel(model, [("id", models.BigAutoField(primary_key=True)), *fields.items()])


@pytest.mark.django_db(transaction=True)
def test_create_together_makes_tables_that_point_to_each_other_and_takes_them_back():
    step = CreateTogether(
        [
            table("Shelf", name=models.CharField(max_length=20)),
            table("Volume", shelf=models.ForeignKey("rows.Shelf", models.CASCADE)),
        ]
    )
    before, after = ProjectState(), ProjectState()
    step.state_forwards("rows", after)
    with connection.schema_editor() as editor:
        step.database_forwards("rows", editor, before, after)
    try:
        shelf = after.apps.get_model("rows", "Shelf").objects.create(name="Plans")
        volume = after.apps.get_model("rows", "Volume")
        volume.objects.create(shelf=shelf)
        assert volume.objects.get().shelf == shelf
        volume.objects.all().delete()
    finally:
        with connection.schema_editor() as editor:
            step.database_backwards("rows", editor, after, before)
    assert {"rows_shelf", "rows_volume"}.isdisjoint(connection.introspection.table_names())
