"""What is taken for a phone number or an address in a free text, and what is not."""

import time

import pytest

from workshops.contact_details import any_looks_like_contact, looks_like_contact


@pytest.mark.parametrize(
    "text",
    [
        "Call +243 81 234 5678",
        "tel. 0812345678 in the evening",
        "(081) 234-5678",
        "write to mado.kabedi@example.org.",
        "00243812345678",
    ],
)
def test_looks_like_contact(text):
    assert looks_like_contact(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Resolution 1325 (2000)",
        "from 2026-03-02 to 2026-03-04",
        "between 2019-2022 and 2023–2025",
        "cost 1 500 000 francs",
        "24 of 40 people, 60%",
        "@home",
    ],
)
def test_looks_like_no_contact(text):
    assert not looks_like_contact(text)


def test_any_looks_like_contact_reads_texts_only():
    assert any_looks_like_contact([None, 12345678, ["x"], "a@b.org"])
    assert not any_looks_like_contact([None, 12345678])


def test_looks_like_contact_reads_a_long_word_once():
    began = time.monotonic()
    assert not looks_like_contact("a" * 50_000)
    assert looks_like_contact("." * 50_000 + "a@b.org")
    assert time.monotonic() - began < 2


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
def test_any_looks_like_contact_in_a_report_sees_numbers_and_addresses(text):
    assert any_looks_like_contact(["Nothing here.", f"We met, {text}, on Monday."])


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
def test_any_looks_like_contact_in_a_report_leaves_other_numbers_alone(text):
    assert not any_looks_like_contact([text])
