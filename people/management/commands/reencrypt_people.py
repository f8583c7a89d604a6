"""After a new key was put in front of FIELD_ENCRYPTION_KEYS: bring what is stored up to it.

Every encrypted field of every table is written again with the first key, and the blind index of
names is built again with BLIND_INDEX_KEY. Then the old key can be taken away. In batches, each in
one transaction: it can be interrupted and run again.
"""

from argparse import ArgumentParser
from typing import Any

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction

from core.encryption import EncryptedTextField
from people.models import NameToken, Person


def encrypted_fields(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]


class Command(BaseCommand):
    help = "Write all personal data again with the first encryption key, and rebuild the name index."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch-size", type=int, default=500)

    def handle(self, *args: Any, **options: Any) -> None:
        for model in apps.get_models():
            fields = encrypted_fields(model)
            if not fields:
                continue
            try:
                written = self.reencrypt(model, fields, size=options["batch_size"])
            except InvalidToken:
                raise CommandError(
                    f"A row of {model._meta.label} can be read with none of FIELD_ENCRYPTION_KEYS. Put the "
                    "key that wrote it at the end of the list and run this again; what was written before "
                    "stays readable."
                ) from None
            self.stdout.write(f"{model._meta.label}: {written} rows")

    def reencrypt(self, model: type[models.Model], fields: list[str], *, size: int) -> int:
        """Write the table again, `size` rows at a time in the order of their keys."""
        last, written = 0, 0
        while True:
            with transaction.atomic():
                rows: list[Any] = list(
                    model._default_manager.select_for_update().filter(pk__gt=last).order_by("pk")[:size]
                )
                if not rows:
                    return written
                if model is Person:
                    self.rebuild_index(rows)
                    model._default_manager.bulk_update(rows, [*fields, "key", "indexed", "is_compared"])
                else:
                    model._default_manager.bulk_update(rows, fields)
            last, written = rows[-1].pk, written + len(rows)

    def rebuild_index(self, people: list[Person]) -> None:
        """A new index for these people; what is set on the person is saved by the caller."""
        NameToken.objects.filter(person__in=people).delete()
        NameToken.objects.bulk_create([row for person in people for row in person.make_index()])
