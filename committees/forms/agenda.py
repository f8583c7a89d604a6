"""Forms of the agenda and of the documents of a meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.editing import SharedForm
from committees.models import AgendaItem, Meeting, MeetingFile
from core.forms import show_long_texts
from core.uploads import UploadField


class AgendaItemForm(SharedForm):
    length = forms.IntegerField(
        label=_("Minutes"),
        required=False,
        min_value=1,
        max_value=600,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": 600, "step": 5}),
    )

    class Meta:
        model = AgendaItem
        fields = ["title", "kind", "length", "text"]
        widgets = {"kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 4})}
        labels = {"title": _("Point"), "kind": _("For"), "text": _("What it is about")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].label_suffix = ""
        self.fields["title"].help_text = _("Whoever sees the committee reads it: no names of persons.")
        self.fields["text"].help_text = _("Read only by who works for the committee or keeps its papers.")


class MeetingFileForm(forms.Form):
    file = UploadField(label=_("Document"))
    title = forms.CharField(
        label=_("What it is"),
        required=False,
        max_length=MeetingFile._meta.get_field("title").max_length,
        help_text=_("For example “Draft budget 2027”. Left empty: the name of the file."),
    )
    item = forms.ModelChoiceField(
        label=_("For the point"),
        required=False,
        queryset=AgendaItem.objects.none(),
        to_field_name="code",
        empty_label=_("The whole meeting"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["item"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = meeting.agenda.all()
        show_long_texts(self)
