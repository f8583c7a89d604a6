"""The six questions on functioning (F85), all of them free to be left unanswered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.functioning import Difficulty, Question


class FunctioningForm(forms.Form):
    """One field a question, in the standard order; "No answer" is always there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, question in enumerate(Question, start=1):
            self.fields[question.value] = forms.ChoiceField(
                label=f"{number}. {question.label}",
                choices=[*Difficulty.choices, ("", _("No answer"))],
                required=False,
                widget=forms.RadioSelect,
            )

    def answers(self) -> dict[str, str]:
        return {question: self.cleaned_data.get(question, "") for question in Question.values}
