"""Words that name an aim and not an activity: "promote", "sensibiliser", "fortalecer".

A text that begins with one of them and says little more tells nobody what to do on Monday."""

import re

from localities.search import search_text

VAGUE_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(
        "support supporting promote promoting promotion sensitize sensitise sensitizing sensitization "
        "sensitisation strengthen strengthening encourage encouraging improve improving improvement enhance "
        "enhancing raise raising foster fostering facilitate facilitating contribute empower empowering "
        "empowerment ensure ensuring advocate advocacy awareness capacity capacities".split()
    ),
    "fr": frozenset(
        "appuyer appui soutenir soutien promouvoir promotion sensibiliser sensibilisation renforcer "
        "renforcement encourager ameliorer amelioration favoriser accompagner accompagnement contribuer "
        "faciliter assurer garantir plaidoyer capacites autonomiser autonomisation".split()
    ),
    "es": frozenset(
        "apoyar apoyo promover promocion sensibilizar sensibilizacion fortalecer fortalecimiento fomentar "
        "fomento mejorar mejora favorecer acompanar acompanamiento contribuir facilitar impulsar concienciar "
        "concientizar capacidades garantizar empoderar empoderamiento incidencia".split()
    ),
}
VAGUE = frozenset().union(*VAGUE_WORDS.values())
SHORT = 3  # letters: "the", "les", "con" carry nothing
ENOUGH = 5  # words that say something beside the vague one

WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


def words_of(text: str) -> list[str]:
    """The words of a text in any script that puts spaces between them."""
    return WORD.findall(text)


def says_only_an_aim(text: str) -> str:
    """The vague word that the text begins with, when little else is said; empty when it says enough."""
    words = words_of(text)
    if not words or search_text(words[0]) not in VAGUE:
        return ""
    telling = [word for word in words if len(word) > SHORT and search_text(word) not in VAGUE]
    return words[0] if len(telling) < ENOUGH else ""
