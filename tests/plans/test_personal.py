"""What looks like a way to reach a person, and what does not."""

import pytest

from plans.document import document_of
from plans.personal import contact_like, contacts_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call 0999 123 456", ["0999 123 456"]),
        ("+243 (0) 81-234-5678 at night", ["+243 (0) 81-234-5678"]),
        ("write to a.b@mail.example or 0812345678", ["a.b@mail.example", "0812345678"]),
        ("From 2026-03-01 to 2029-12-31", []),
        ("2015/16-2019/20 and 2026–2029", []),
        ("1 250 000 CDF, 12,500,000 CDF", []),
        ("Resolution 1325 (2000)", []),
        ("Light 12 markets by 2027", []),
        ("", []),
    ],
)
def test_contact_like(text, found):
    assert contact_like(text) == found


def test_contacts_in_looks_at_texts_and_not_at_codes_and_sums(plan, activity):
    activity.no_cost, activity.cost = False, "812345678"
    activity.risks = "Ask 0812345678"
    activity.save()
    plan.sections.filter(kind="vision").update(text="Ask 0812345678 or ada@mail.example")
    assert contacts_in(document_of(plan)) == ["ada@mail.example", "0812345678"]
