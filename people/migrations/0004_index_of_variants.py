from django.db import migrations

from people.names import index_digest, index_tokens

AT_ONCE = 500


def index_variants(apps, schema_editor):
    """The index of people who stand there already: spellings, pairs of parts and phones besides the parts."""
    Person, NameToken = apps.get_model("people", "Person"), apps.get_model("people", "NameToken")
    last = 0
    while people := list(Person.objects.filter(pk__gt=last, indexed="").order_by("pk")[:AT_ONCE]):
        NameToken.objects.filter(person__in=people).delete()
        rows = []
        for person in people:
            person.indexed = index_digest(person.full_name, person.phone)
            rows += [
                NameToken(person=person, kind=kind, token=token)
                for kind, token in index_tokens(person.full_name, person.phone)
            ]
        NameToken.objects.bulk_create(rows)
        Person.objects.bulk_update(people, ["indexed"])
        last = people[-1].pk


class Migration(migrations.Migration):
    dependencies = [("people", "0003_in_full")]

    operations = [migrations.RunPython(index_variants, migrations.RunPython.noop)]
