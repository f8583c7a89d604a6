"""Dates in Bosnian with the whole month: Django shortens some, and then its stops stand side by side.

The year keeps its own stop. A sentence that ends in a date needs no other: locale/bs leaves it out, and
so does locale/sr.
"""

DATE_FORMAT = "j. E Y."
SHORT_DATE_FORMAT = "j. n. Y."
DATETIME_FORMAT = "j. E Y. H:i"
SHORT_DATETIME_FORMAT = "j. n. Y. H:i"
MONTH_DAY_FORMAT = "j. E"
YEAR_MONTH_FORMAT = "F Y."
TIME_FORMAT = "H:i"
