"""Choosing which notices come by e-mail, and how often."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.forms import plain_helper
from accounts.models import MailChoice, NoticeKind
from accounts.models.notices import USUAL_MAIL


class NoticeChoicesForm(forms.Form):
    """One field for each kind of notice. `chosen` is what the account chose so far, by kind."""

    helper = plain_helper()

    def __init__(self, *args: Any, chosen: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in NoticeKind:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                choices=[(mail.value, capfirst(mail.label)) for mail in MailChoice],
                initial=chosen.get(kind.value, USUAL_MAIL.value),
                required=False,  # what is not sent stays as it is
                error_messages={"invalid_choice": _("Choose one of the four.")},
            )

    def chosen(self) -> dict[str, str]:
        """The choices that were sent, by kind."""
        return {kind: mail for kind, mail in self.cleaned_data.items() if mail}
