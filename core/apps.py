"""What the apps share. Charter: no tables, nothing but Django and libraries, no noun of the field.

`pdf`, `prose`, `suppression` and `typed` serve one or two apps so far: they belong to every later
document and list.
"""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
