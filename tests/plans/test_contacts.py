"""plans.contacts"""

import pytest

from plans.contacts import has_contacts


@pytest.mark.parametrize(
    "text",
    [
        "call +243 99 123 45 67",
        "0991234567",
        "her number: 0812-345-678",
        "(099) 123 45 67",
        "+243 991 234 567",
        "099 123 456",
        "write to first.last@example.org",
    ],
)
def test_has_contacts_sees_numbers_and_addresses(text):
    assert has_contacts("Nothing here.", f"We met, {text}, on Monday.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "120 women and 3400 men came",
        "from 2026-03-31 to 2026-04-15",
        "from 12.03.2026 to 14.03.2026",
        "12 500 000 CDF, or 1,250,000",
        "12.500.000",
        "2026-2029 and 2026, 2027, 2028",
        "resolution 1325 of 31 October 2000",
    ],
)
def test_has_contacts_leaves_other_numbers_alone(text):
    assert not has_contacts(text)
