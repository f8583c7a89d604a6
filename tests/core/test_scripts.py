"""Script, direction and language of a text, told by its letters."""

import pytest

from core.scripts import direction_of, language_of, script_of


@pytest.mark.parametrize(
    ("text", "script", "way"),
    [
        ("Plan of Bo City", "Latn", "ltr"),
        ("Đoàn kết, ŋgɔlɔ, ɓii", "Latn", "ltr"),
        ("Місцевий план дій", "Cyrl", "ltr"),
        ("स्थानीय कार्ययोजना", "Deva", "ltr"),
        ("Գործողությունների պլան", "Armn", "ltr"),
        ("სამოქმედო გეგმა", "Geor", "ltr"),
        ("خطة العمل المحلية", "Arab", "rtl"),
        ("UN Women تدعم المجلس المحلي في الموصل", "Arab", "rtl"),
        ("Council of Mbujimayi (مجلس)", "Latn", "ltr"),
        ("12/2026 – 14 %", "", ""),
        ("", "", ""),
    ],
)
def test_script_and_direction(text, script, way):
    assert (script_of(text), direction_of(text)) == (script, way)


@pytest.mark.parametrize(
    ("text", "languages", "found"),
    [
        ("Opening", ["lua", "fr"], "lua"),
        ("Opening", ["ne", "mai", "en"], "en"),
        ("उद्घाटन", ["ne", "mai"], "ne"),
        ("Отварање", ["sr"], "sr"),
        ("Otvaranje", ["sr"], "sr"),
        ("Отварање", ["fr"], "und-Cyrl"),
        ("Opening", ["ar"], "und-Latn"),
        ("1.2", ["ar"], ""),
    ],
)
def test_language_of_is_the_first_one_that_is_written_so(text, languages, found):
    assert language_of(text, languages) == found
