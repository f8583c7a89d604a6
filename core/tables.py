"""Migrations that change many tables at once."""

from collections.abc import Iterator
from typing import Any

from django.db.migrations import operations as steps
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# What looks at no model but its own and those that it points at. Renaming, deleting and moving data
# look further: they stay steps of their own.
OF_ONE_MODEL = (
    steps.CreateModel,
    steps.AddField,
    steps.AlterField,
    steps.RemoveField,
    steps.AddConstraint,
    steps.RemoveConstraint,
    steps.AddIndex,
    steps.RemoveIndex,
    steps.AlterModelOptions,
)


class Together(Operation):
    """Several operations as one step: the same statements in the same order, in a third of the time.

    After each operation Django draws the changed model anew with all that are related to it, thirty at a
    time, which is most of what a fresh database takes. Between the operations of this step it draws only
    the model that the operation names; the whole picture is drawn once, after the last."""

    def __init__(self, operations: list[Operation]) -> None:
        for operation in operations:
            if not isinstance(operation, OF_ONE_MODEL):
                raise TypeError(f"A step of its own, not one of several together: {operation.describe()}")
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)  # drawn anew when somebody looks at it
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation, before, after in self._drawn(app_label, from_state):
            operation.database_forwards(app_label, schema_editor, before, after)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation, before, after in reversed(list(self._drawn(app_label, to_state))):
            operation.database_backwards(app_label, schema_editor, after, before)

    def _drawn(self, app_label: str, state: Any) -> Iterator[tuple[Operation, Any, Any]]:
        """Each operation with the state before and after it."""
        for operation in self.operations:
            after = _after(operation, app_label, state)
            yield operation, state, after
            state = after

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)


def _after(operation: Any, app_label: str, before: Any) -> Any:
    """The state after one operation, which shares with the one before all models but its own."""
    key = app_label, getattr(operation, "model_name_lower", None) or operation.name_lower
    models = dict(before.models)
    if key in models:
        models[key] = models[key].clone()
    after = ProjectState(models=models, real_apps=before.real_apps)
    operation.state_forwards(app_label, after)
    after.apps = before.apps.clone()
    with after.apps.bulk_update():
        after.apps.unregister_model(*key)
        after.apps.render_multiple([after.models[key]])
    return after
