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
