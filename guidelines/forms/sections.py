"""The form of a section."""

import copy
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import SharedText
from guidelines.markers import MOST_BLOCKS, Mark, mark_of, parts_of
from guidelines.models import Block, Section
from guidelines.outline import Entry, outline_of
from guidelines.services.history import DEEPEST
from guidelines.tracking import revision_of
from localities.languages import direction
from plans.editing import SharedTextForm

FIRST, IN, AFTER = "first", "in:", "after:"  # where a section goes, before the code of another


class SectionForm(SharedTextForm):
    class Meta:
        model = Section
        fields = ["heading", "body"]
        widgets = {
            "heading": forms.TextInput(attrs={"autocomplete": "off"}),
            "body": forms.Textarea(attrs={"rows": 22, "autocomplete": "off"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guidelines = self.instance.guidelines if self.instance.guidelines_id else None
        if guidelines is not None:
            written = {"lang": guidelines.language, "dir": direction(guidelines.language)}
            for name in ("heading", "body"):
                self.fields[name].widget.attrs |= written

    def clean_body(self) -> str:
        """A mark that no block answers to would print as nothing."""
        body: str = self.cleaned_data["body"]
        marks = [part for part in parts_of(body) if isinstance(part, Mark)]
        if unknown := [mark for mark in marks if not mark.is_known]:
            known = ", ".join(mark_of(kind) for kind in Block.values)
            said = gettext("Line %(line)s: the portal has no block “%(kind)s”. It has: %(known)s.")
            raise ValidationError(
                [
                    ValidationError(said % {"line": mark.line, "kind": mark.kind, "known": known}, "block")
                    for mark in unknown[:3]
                ]
            )
        if len(marks) > MOST_BLOCKS:
            said = gettext("A section shows at most %(most)s blocks of data; this text has %(count)s.")
            raise ValidationError(said % {"most": MOST_BLOCKS, "count": len(marks)}, "block")
        return body

    @property
    def has_tags(self) -> bool:
        """Whether the text was refused for tags of a web page or a word processor."""
        return self.is_bound and self.has_error("body", "markup")

    def with_body(self, body: str) -> "SectionForm":
        """The same form with another text in it, not judged yet."""
        typed = {name: self[name].value() for name in self.fields} | {"body": body}
        form = type(self)(instance=self.instance, initial=typed)
        # With the version that was opened, not the one that stands now.
        form.initial = {**form.initial, **typed}
        return form

    def _base(self, current: SharedText) -> tuple[SharedTextForm, dict[str, Any]]:
        """The section as this form was opened: the base on which both texts are brought together."""
        opened = self.cleaned_data.get("row_version")
        revision = revision_of(cast(Section, current), opened) if opened else None
        if revision is None:
            return self, {}
        row = cast(Section, copy.copy(current))
        row.heading, row.body = revision.heading, revision.body
        return self.for_row(row), {"heading": row.heading, "body": row.body}


class SectionChoice(forms.ModelChoiceField):
    """Sections in reading order, with their numbers."""

    def offer(self, entries: list[Entry]) -> None:
        codes = [entry.section.code for entry in entries]
        self.queryset = Section.objects.filter(code__in=codes).select_related("parent")
        self.choices = [
            ("", self.empty_label),
            *((entry.section.code, f"{entry.number} {entry.section.heading}") for entry in entries),
        ]


class SectionNewForm(SectionForm):
    """A new section, and where it goes."""

    parent = SectionChoice(
        label=_("Part of"),
        queryset=Section.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Nothing: a section of its own"),
    )
    after = SectionChoice(
        label=_("Put it after"),
        queryset=Section.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("The last one"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entries = outline_of(self.instance.guidelines.sections.all())
        cast(SectionChoice, self.fields["after"]).offer(entries)
        higher = [entry for entry in entries if entry.level < DEEPEST]
        cast(SectionChoice, self.fields["parent"]).offer(higher)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        parent, after = cleaned.get("parent"), cleaned.get("after")
        if parent and after and after.parent_id != parent.pk:
            self.add_error(
                "after",
                gettext("“%(after)s” is no part of “%(parent)s”. Choose one of its parts, or the last one.")
                % {"after": after, "parent": parent},
            )
        return cleaned


class SectionRemoveForm(forms.Form):
    """Carries the version that the user saw: what somebody wrote since is not thrown away unread."""

    row_version = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)


class SectionMoveForm(forms.Form):
    """One choice of every place where a section can stand with its parts, in reading order."""

    place = forms.ChoiceField(
        label=_("Where it goes"),
        error_messages={"invalid_choice": _("This place is not there any more. Choose again.")},
    )

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entries = outline_of(section.guidelines.sections.all())
        own = _with_parts(section, entries)
        levels = [entry.level for entry in entries if entry.section.pk in own]
        height = max(levels, default=1) - min(levels, default=1) + 1
        self.by_code = {entry.section.code: entry.section for entry in entries}
        choices: list[Any] = [("", _("Choose a place")), (FIRST, _("Before all others"))]
        for entry in entries:
            if entry.section.pk in own:
                continue
            name = {"section": f"{entry.number} {entry.section.heading}"}
            if entry.level + height <= DEEPEST:
                choices.append((f"{IN}{entry.section.code}", gettext("First part of %(section)s") % name))
            if entry.level + height <= DEEPEST + 1:
                choices.append((f"{AFTER}{entry.section.code}", gettext("After %(section)s") % name))
        cast(forms.ChoiceField, self.fields["place"]).choices = choices

    @property
    def target(self) -> dict[str, Section | None]:
        """What it becomes a part of, and what it stands behind."""
        chosen = self.cleaned_data["place"]
        if chosen == FIRST:
            return {"parent": None, "after": None}
        if chosen.startswith(IN):
            return {"parent": self.by_code[chosen.removeprefix(IN)], "after": None}
        after = self.by_code[chosen.removeprefix(AFTER)]
        return {"parent": after.parent, "after": after}


def _with_parts(section: Section, entries: list[Entry]) -> set[int]:
    """Its primary key, and those of all that is a part of it: in reading order they follow it."""
    own = {section.pk}
    for entry in entries:
        if entry.section.parent_id in own:
            own.add(entry.section.pk)
    return own
