"""Spellings of one name brought together: scripts, transliterations, titles. Pure functions on text.

Nothing here is a phonetic transcription: two spellings that people of the portal's countries use for
one name should meet, two names should not. What is alike only by accident is told apart afterwards,
in people.likeness, on the names themselves.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

# Before a name, and no part of it; in Latin letters, as anyascii writes those of other scripts.
TITLES = frozenset(
    """
    mr mrs ms miss mx dr doc prof hon honourable honorable chief sir madam dame lady rev reverend pastor
    fr father sister brother bishop archbishop canon deacon imam sheikh sheik shaikh cheikh sheikha alhaji
    alhaja hadja hajia haji hajji hajj hadj elhadj elhadji col colonel gen general maj major capt captain
    lt lieutenant sgt sergeant cpl cmdr commander brig brigadier insp inspector supt asp dsp mayor governor
    councillor councilor cllr senator sen amb ambassador eng engr engineer arch atty attorney adv advocate
    barr barrister justice judge comrade cde elder paramount
    m mme mlle melle monsieur madame mademoiselle maitre me docteur professeur depute maire gouverneur
    bourgmestre soeur frere abbe pere mgr monseigneur ing ingenieur maman papa
    sr sra srta senor senora senorita don dona doña dn dna lic licenciado licenciada ingeniero ingeniera arq
    dra doctor doctora profesor profesora mtro mtra padre hermana hermano alcalde alcaldesa gobernador
    gobernadora concejal abog abogado abogada gng ginoo ginang kagawad kapitan kap punong
    shri shree sri shrimati shrimatee srimati srimti smt sushri susri mananiya
    bw bwana bi bibi mhe mheshimiwa ndugu ndg dkt daktari mama mzee mwalimu mchungaji mch padri askofu
    pan pani panna gospodin gospozha gospodja gospodica gdin gdja gdica gosp doktor profesor
    batoni kalbatoni paron tikin oriord baron diqin
    lsyd lsydh ldktwr ldktwrh lshykh sayyida ustadh ustaz
    """.split()
)
# Between the parts of a name; some write them, some do not.
PARTICLES = frozenset(
    "de la las los del da das do dos di du des van von der bin ibn bint binti ben al el ul wa ya y e".split()
)

# Before anyascii, which would write "d".
ITS_OWN_WAY = str.maketrans({"đ": "dj", "Đ": "Dj", "ё": "e", "Ё": "E"})
ARABIC_ARTICLE = re.compile("^ال(?=.{2})")
APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼʻ`´ʿʾ", ""))

# Given names that travel through many alphabets and are spelt in more ways than rules can tell.
ONE_NAME = [
    (re.compile(pattern), name)
    for pattern, name in [
        (r"m[aou]*h+[aou]*m+[aeou]*d+[iou]*", "muhamad"),
        (r"ah?[ei]?m[aei]d+|hmd", "ahmad"),
        (r"fat[iou]+ma(h|ta|tou|tu)?|ftmh?", "fatima"),
        (r"(aish?|aic|aich|ayesh|aysh|aisch|ish)(ah?|h|atou?|atu)", "aisa"),
        (r"[kq]?h?ad[iy]?d?[jz]h?(at)?[oiua]+h?", "kadija"),
        (r"[iey]?bra+h[iei]+ma?", "ibrahim"),
        (r"(u|o|ou)m[ae]r+(ou|u)?", "umar"),
        (r"(o|u|ou)(s|th)m[ae]n+e?", "usman"),
        (r"(j|y|i)(ou|o|u)s+(ou|e|u|o)(f|ph|b)", "yusuf"),
        (r"s(ou|u|o)l[ae]+[iy]?m[ae]n+e?", "sulaiman"),
        (r"m(ou|u|o)s?ta(f|ph)a", "mustafa"),
        (r"[iye]?sma+[iey]+l+a?", "ismail"),
        (r"[ao]l[ei](ks|x|xs|cs)(an|en|as)d[eai]?r?", "aleksandr"),
        (r"s[ei]r[hg][ie]?[iyj]{1,2}", "sergi"),
        (r"v(olod[iy]|lad[iy]?)m[iy]r", "volodimir"),
    ]
]

RULES = [
    (re.compile(pattern), written)
    for pattern, written in [
        (r"tch|tsh|sch|ch|sh|cz|tz|ts|tj(?=[aeiou])", "s"),
        (r"dzh|dj", "j"),
        (r"zh", "z"),
        (r"ph", "f"),
        (r"(?<=.)z", "s"),
        (r"kh|ck|qu|q", "k"),
        (r"h", ""),
        (r"c(?=[eiy])|(?<=i)c$", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"[eiy]?[iyj]+$", "i"),
        (r"ou|oo|ow(?![aeiouy])|w|o", "u"),
        (r"ee|ie|ij|y", "i"),
        (r"(.)\1+", r"\1"),
    ]
]
ALIKE_CONSONANTS = str.maketrans("bdjgvz", "pttkfs", "aeiou")


@lru_cache(maxsize=4096)
def _ascii(text: str) -> str:
    return anyascii(text)


def latin_parts(name: str) -> list[str]:
    """The parts of a name in small Latin letters, in their order, without titles.

    Particles and single letters go as well where two other parts are left."""
    composed = unicodedata.normalize("NFC", name).translate(ITS_OWN_WAY).translate(APOSTROPHES)
    spaced = "".join(c if unicodedata.category(c)[0] in "LM" else " " for c in composed)
    words = [
        "".join(c for c in _ascii(ARABIC_ARTICLE.sub("", word)).lower() if c.isalpha())
        for word in spaced.split()
    ]
    words = [word for word in words if word]
    parts = [word for word in words if word not in TITLES] or words
    long = [part for part in parts if len(part) > 1 and part not in PARTICLES]
    return long if len(long) >= 2 else parts


def titles(name: str) -> set[str]:
    """The titles that stand in a name."""
    spaced = "".join(c if unicodedata.category(c)[0] in "LM" else " " for c in name)
    return {word for word in (_ascii(word).lower() for word in spaced.split()) if word in TITLES}


@lru_cache(maxsize=16384)
def sound(part: str) -> str:
    """One part in the form in which its spellings meet: "Philippe", "Filipe" → "filipe"."""
    for pattern, one in ONE_NAME:
        if pattern.fullmatch(part):
            part = one
            break
    written = part
    for pattern, instead in RULES:
        written = pattern.sub(instead, written)
    return written or part


def sounds(parts: list[str]) -> list[str]:
    return [sound(part) for part in parts]


@lru_cache(maxsize=16384)
def consonants(written: str) -> str:
    """The consonants of a part that `sound` has written, voiced ones as their voiceless twins."""
    return written.translate(ALIKE_CONSONANTS) or written[:1]


def phone_digits(phone: str) -> str:
    """The digits of a number without leading zeros; those of every script are written 0 to 9."""
    digits = "".join(
        str(unicodedata.digit(c)) for c in phone if c.isdigit() and unicodedata.digit(c, -1) >= 0
    )
    return digits.lstrip("0")


def phone_end(phone: str) -> str:
    """What a number has in common however its beginning is written: +243 81…, 0 81…, 81…"""
    digits = phone_digits(phone)
    return digits[-8:] if len(digits) >= 6 else ""


def same_phone(one: str, other: str) -> bool:
    """Whether two numbers are one: equal, or one is the end of the other, which begins with the country."""
    short, long = sorted((phone_digits(one), phone_digits(other)), key=len)
    if len(short) < 6:
        return False
    return short == long or (len(short) >= 8 and len(long) - len(short) <= 4 and long.endswith(short))
