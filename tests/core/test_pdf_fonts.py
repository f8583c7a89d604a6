import time

import pytest

from core.pdf.fonts import Missing, missing_letters

# The languages of the fifteen countries and of the portal, with the letters that are hard.
LANGUAGES = {
    "hy": "Հայաստան, խաղաղություն և անվտանգություն՝ կանայք",
    "ka": "საქართველო, ქალები, მშვიდობა ჰაერი ჟღერს",
    "ne": "नेपाल, महिला, शान्ति र सुरक्षा क्षत्रिय ज्ञान १२३",
    "ar": "الأردن، المرأة والسلام والأمن ١٢٣ لا إلى",
    "uk": "Україна, жінки, мир і безпека ґ є ї",
    "sr": "Србија, жене, мир и безбедност ђ ј љ њ ћ џ Đ Ž Š Č Ć",
    "ro": "Moldova, femeile, pacea și securitatea ăâîșț",
    "fr": "Côte d’Ivoire, où l’œuvre ça ÿ",
    "es": "Colombia, paz y niñez ¿¡ñü",
    "pt": "São Tomé, não ões",
    "rw": "Amahoro n’umutekano",
    "fil": "Kapayapaan at ñ",
    "krio": "Di uman dɛn ɔ ŋ ɛ",
    "mende": "ɓ ɛ ŋ ɔ Ɓ",
    "bs": "mir i sigurnost čćđšž",
    "fi": "nainen ä ö å",
    "my": "မြန်မာ",
    "am": "ሰላም",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_letters_of_a_language_of_the_portal_are_none(language):
    assert missing_letters(LANGUAGES[language]) == ()


def test_missing_letters_are_told_by_script_with_a_few_samples():
    nowhere = "\u0378\u0379\u0380\u0381\u0382\u0383"  # no letters in Unicode, so in no font
    assert missing_letters(f"Known {nowhere}") == (Missing("Unknown", nowhere[:5]),)


def test_missing_letters_passes_over_what_is_not_drawn():
    assert missing_letters("a\u200d\u00a0\u200f\ufe0f\n\t\u2028b") == ()


def test_missing_letters_is_quick():
    text = "नेपाल, महिला, शान्ति Ж ž " * 12_000
    missing_letters("once")
    begun = time.process_time()  # of this process: others may be at work
    missing_letters(text)
    assert time.process_time() - begun < 0.05
