import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from accounts.models import User
from people.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.people import PersonFactory

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def written_with_old_key(db, settings):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    settings.BLIND_INDEX_KEY = "old index"
    UserFactory(email="fatou@test.example", display_name="Fatou Facilitator")
    for number in range(5):
        PersonFactory(full_name=f"Marie Kabongo{'abcde'[number]}", phone="0812345678")


def test_reencrypt_people_lets_the_old_key_go(written_with_old_key, settings, capsys):
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    settings.BLIND_INDEX_KEY = "new index"
    call_command("reencrypt_people", batch_size=2)
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert {person.phone for person in Person.objects.all()} == {"0812345678"}
    assert Person.objects.with_name_parts("kabongoa").get().full_name == "Marie Kabongoa"
    assert Person.objects.named("KABONGOB Marie").exists()
    assert User.objects.get(email="fatou@test.example").display_name == "Fatou Facilitator"
    said = capsys.readouterr().out
    assert "people.Person: 5 rows" in said
    assert "Marie" not in said


def test_reencrypt_people_with_a_wrong_key_says_so(written_with_old_key, settings):
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    with pytest.raises(CommandError, match="none of FIELD_ENCRYPTION_KEYS"):
        call_command("reencrypt_people")
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    assert Person.objects.first().phone == "0812345678"
