"""plans.copying"""

import pytest

from plans.copying import is_copied

ITEM = "Raise the share of women and young women in decision-making bodies of the security services"


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        (ITEM, True),
        (f"  {ITEM.upper()}. ", True),
        (ITEM.replace("Raise", "Raising"), True),  # one word made to fit the sentence
        (ITEM.replace("security services", "police of Tshilenge"), False),
        ("Two women in the peace council", False),
        ("", False),
        ("...", False),
    ],
)
def test_is_copied(text, copied):
    assert is_copied(text, [ITEM, "Something else"]) is copied


def test_is_copied_looks_past_accents_but_not_past_vowel_signs():
    assert is_copied("Mécanismes d’alerte précoce", ["Mecanismes d'alerte precoce"])
    assert not is_copied("महिला", ["महला"])


def test_is_copied_from_nothing():
    assert not is_copied(ITEM, [])
