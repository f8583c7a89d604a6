"""Many tables in one step of a migration."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from core.tables import Together

SHELVES = [
    migrations.CreateModel(
        "Shelf", [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=20))]
    ),
    migrations.CreateModel(
        "Volume",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("shelf", models.ForeignKey("rows.Shelf", models.CASCADE)),
        ],
    ),
]
CHANGES = [
    migrations.AddField("shelf", "room", models.CharField(max_length=20, default="")),
    migrations.AddField("volume", "after", models.ForeignKey("rows.Volume", models.CASCADE, null=True)),
    migrations.AddField("shelf", "topics", models.ManyToManyField("rows.Volume", related_name="+")),
    migrations.AddField("volume", "number", models.PositiveSmallIntegerField(default=1)),
    migrations.AddConstraint(
        "volume",
        models.UniqueConstraint(fields=["number"], condition=models.Q(after=None), name="rows_one_first"),
    ),
    migrations.AddConstraint(
        "volume", models.CheckConstraint(condition=models.Q(number__gte=1), name="rows_number_from_one")
    ),
    migrations.AlterField("shelf", "name", models.CharField(max_length=40, unique=True)),
    migrations.RemoveField("shelf", "room"),
    migrations.AddIndex("volume", models.Index(fields=["number"], name="rows_by_number")),
    migrations.RemoveConstraint("volume", "rows_number_from_one"),
]


class Rows(migrations.Migration):
    def __init__(self, *operations):
        super().__init__("0001_initial", "rows")
        self.operations = list(operations)


def up(migration, state=None):
    with connection.schema_editor() as editor:
        return migration.apply(state or ProjectState(), editor)


def down(migration):
    with connection.schema_editor() as editor:
        migration.unapply(ProjectState(), editor)


@pytest.mark.django_db(transaction=True)
def test_together_makes_tables_that_point_to_each_other_and_takes_them_back():
    step = Rows(Together([*SHELVES, *CHANGES]))
    after = up(step)
    try:
        shelf = after.apps.get_model("rows", "Shelf").objects.create(name="Plans")
        volume = after.apps.get_model("rows", "Volume")
        shelf.topics.add(volume.objects.create(shelf=shelf))
        assert volume.objects.get().shelf == shelf
        shelf.delete()
    finally:
        down(step)
    assert not [name for name in connection.introspection.table_names() if name.startswith("rows_")]


@pytest.mark.django_db(transaction=True)
def test_together_says_to_the_database_what_its_operations_say_apart():
    apart = said_by(Rows(*SHELVES, *CHANGES))
    assert said_by(Rows(Together([*SHELVES, *CHANGES]))) == apart
    assert len(apart) > len(SHELVES + CHANGES)


def said_by(migration):
    """The statements of the way there and back."""
    statements = []

    def listen(execute, sql, *rest):
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        up(migration)
        down(migration)
    return statements


def test_together_is_not_for_what_looks_at_other_tables():
    with pytest.raises(TypeError, match="A step of its own"):
        Together([migrations.RunPython(migrations.RunPython.noop)])
