import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import FieldError
from django.db import connection

from people.models import Person
from tests.factories.people import PersonFactory


def stored(column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM people_person")  # noqa: S608
        return cursor.fetchone()[0]


def test_encrypted_text_field_stores_cipher_text(db):
    PersonFactory(full_name="Marie Kabongo", phone="+243 970 000 001")
    assert "Marie" not in stored("full_name")
    assert "970" not in stored("phone")
    person = Person.objects.get()
    assert (person.full_name, person.phone) == ("Marie Kabongo", "+243 970 000 001")


def test_encrypted_text_field_stores_nothing_for_nothing(db):
    PersonFactory(phone="")
    assert stored("phone") == ""


def test_encrypted_text_field_reads_with_an_older_key(db, settings):
    PersonFactory(full_name="Marie Kabongo")
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_ENCRYPTION_KEYS]
    assert Person.objects.get().full_name == "Marie Kabongo"


def test_encrypted_text_field_says_when_no_key_opens_it(db, settings):
    PersonFactory(full_name="Marie Kabongo")
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(InvalidToken):
        Person.objects.get()


def test_encrypted_text_field_refuses_look_ups(db):
    with pytest.raises(FieldError):
        Person.objects.filter(full_name="Marie Kabongo").exists()
