"""One row of somebody's list, made into values, or into sentences about what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from people.models import AgeBand, Sex
from people.names import name_key
from workshops.models import Residence, Standing
from workshops.spreadsheets.books import Row
from workshops.spreadsheets.inspection import column_letters
from workshops.spreadsheets.vocabulary import (
    BY_NAME,
    CATEGORY,
    NAME,
    age_band_of,
    field_of_heading,
    folded,
    value_of,
    yes_or_no,
)

LONGEST = {
    NAME: 150,
    "position": 160,
    "organization": 200,
    "phone": 40,
    "email": 254,
    "locality": 120,
    "code": 12,
}
PHONE_SIGNS = frozenset("+0123456789 ()./-")
UNSTATED = {
    "sex": Sex.UNSTATED.value,
    "age_band": AgeBand.UNSTATED.value,
    "residence": Residence.UNSTATED.value,
    "standing": Standing.UNSTATED.value,
}


@dataclass
class Read:
    """What became of a row. `agreed` is None where no column says it."""

    number: int
    values: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)  # field → sentence
    notes: list[str] = field(default_factory=list)
    agreed: bool | None = None
    agreed_contact: bool | None = None
    guardian: bool = False

    @property
    def is_wrong(self) -> bool:
        return bool(self.problems)

    @cached_property
    def key(self) -> str:
        return name_key(self.values.get(NAME, ""))


@dataclass(frozen=True)
class Reader:
    """Reads rows by a mapping of columns. `categories`: answers for words that stand for no category;
    `localities`: comparable name → code, of the country."""

    mapping: Mapping[str, int]
    categories: Mapping[str, str] = field(default_factory=dict)
    localities: Mapping[str, str] = field(default_factory=dict)

    def read(self, row: Row) -> Read:
        texts = {name: self._text(row, column) for name, column in self.mapping.items()}
        read = Read(row.number)
        if self._repeats_headings(texts):
            read.problems[NAME] = _("This row repeats the headings.")
            return read
        for name in ("position", "organization", "code"):
            self._take(read, name, texts)
        self._name(read, texts)
        self._category(read, texts)
        self._choices(read, texts, row)
        self._locality(read, texts)
        self._contacts(read, texts)
        self._agreements(read, texts)
        return read

    def _text(self, row: Row, column: int) -> str:
        return " ".join(row.cells[column].split()) if column < len(row.cells) else ""

    def _repeats_headings(self, texts: Mapping[str, str]) -> bool:
        return sum(field_of_heading(text) == name for name, text in texts.items() if text) >= 2

    def _take(self, read: Read, name: str, texts: Mapping[str, str]) -> None:
        text = texts.get(name, "")
        if len(text) > LONGEST[name]:
            self._wrong(
                read,
                name,
                _("Longer than %(limit)s letters. Shorten it.") % {"limit": LONGEST[name]},
            )
            return
        read.values[name] = text

    def _name(self, read: Read, texts: Mapping[str, str]) -> None:
        self._take(read, NAME, texts)
        name = read.values.get(NAME)
        if name == "":
            self._wrong(read, NAME, _("Empty. Write the name, or take the row out."))
        elif name and not read.key:
            self._wrong(read, NAME, _("“%(text)s” is not a name. Write it in letters.") % {"text": name[:40]})

    def _category(self, read: Read, texts: Mapping[str, str]) -> None:
        text = texts.get(CATEGORY, "")
        value = self.categories.get(folded(text)) or value_of(CATEGORY, text)
        if not text:
            self._wrong(read, CATEGORY, _("Empty. Write one of the categories."))
        elif value is None:
            sentence = _("“%(text)s” is not a category of the list. Write one of the categories.")
            self._wrong(read, CATEGORY, sentence % {"text": text[:40]})
        else:
            read.values[CATEGORY] = value

    def _choices(self, read: Read, texts: Mapping[str, str], row: Row) -> None:
        for name, unstated in UNSTATED.items():
            text = texts.get(name, "")
            is_date = name in self.mapping and self.mapping[name] in row.dates
            value = age_band_of(text) if name == "age_band" else value_of(name, text)
            if not text:
                read.values[name] = unstated
            elif is_date:
                sentence = _("A date stands here (%(text)s). Write the age in years, or the group as text.")
                self._wrong(read, name, sentence % {"text": text})
            elif value is None:
                sentence = _(
                    "“%(text)s” is not understood. Write one of the allowed values, or leave it empty."
                )
                self._wrong(read, name, sentence % {"text": text[:40]})
            else:
                read.values[name] = value

    def _locality(self, read: Read, texts: Mapping[str, str]) -> None:
        text = texts.get("locality", "")
        code = self.localities.get(folded(text)) if text else None
        if code:
            read.values["locality"] = code
        elif text:
            note = _(
                "“%(text)s” is no locality that the portal knows: where the person comes from stays empty."
            )
            read.notes.append(note % {"text": text[:60]})

    def _contacts(self, read: Read, texts: Mapping[str, str]) -> None:
        for name in ("phone", "email"):
            self._take(read, name, texts)
        phone, email = read.values.get("phone", ""), read.values.get("email", "")
        if phone and not (set(phone) <= PHONE_SIGNS and sum(sign.isdigit() for sign in phone) >= 5):
            self._wrong(read, "phone", _("“%(text)s” is not a phone number.") % {"text": phone})
        if email:
            try:
                validate_email(email)
            except ValidationError:
                self._wrong(read, "email", _("“%(text)s” is not an e-mail address.") % {"text": email[:60]})

    def _agreements(self, read: Read, texts: Mapping[str, str]) -> None:
        answers: dict[str, bool | None] = {}
        for name in ("agreed", "agreed_contact", "guardian"):
            text = texts.get(name, "")
            answers[name] = yes_or_no(text) if text else False
            if text and answers[name] is None:
                self._wrong(read, name, _("“%(text)s” is neither yes nor no.") % {"text": text[:40]})
        read.agreed = answers["agreed"] if "agreed" in self.mapping else None
        read.agreed_contact = answers["agreed_contact"] if "agreed_contact" in self.mapping else None
        read.guardian = bool(answers["guardian"])

    def _wrong(self, read: Read, name: str, sentence: str) -> None:
        """Names the column, so that it is found in the spreadsheet."""
        heading = str(BY_NAME[name].heading)
        column = column_letters(self.mapping[name]) if name in self.mapping else "?"
        place = _("%(heading)s (column %(column)s)") % {"heading": heading, "column": column}
        read.problems[name] = f"{place}: {sentence}"
