from django.db import migrations, models

from core.tables import Together


class Migration(migrations.Migration):

    dependencies = [("guidelines", "0003_blocks_in_the_text")]

    operations = [
        Together([
            migrations.RemoveField(model_name="section", name="block"),
            migrations.AddConstraint(
                model_name="guidelines",
                constraint=models.UniqueConstraint(
                    fields=["country", "language", "version"], name="guidelines_version_once"
                ),
            ),
        ]),
    ]
