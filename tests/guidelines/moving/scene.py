"""Steps of guidelines: where they stand and what is said."""

import datetime

from django.urls import reverse

from guidelines.models import Guidelines, GuidelinesState

S = GuidelinesState
TODAY = datetime.date(2026, 9, 1)


def at(guidelines, state):
    Guidelines.objects.filter(pk=guidelines.pk).update(state=state)
    guidelines.refresh_from_db()
    return guidelines


def url(name, guidelines):
    return reverse(name, args=[guidelines.code])


def state_of(guidelines):
    return Guidelines.objects.get(pk=guidelines.pk).state


def said(missing):
    return " ".join(each.words for each in missing)
