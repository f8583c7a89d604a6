"""Pages of the workshops app."""

from django.urls import path

from workshops.views import participations, registration, tallies, workshops

one = "workshops/<str:code>/"
participant = f"{one}participants/<str:person>/"
head_counts = f"{one}head-counts/"

urlpatterns = [
    path("workshops/", workshops.workshop_list, name="workshop_list"),
    path("workshops/new/", workshops.workshop_new, name="workshop_new"),
    path(one, workshops.workshop_detail, name="workshop_detail"),
    path(f"{one}edit/", workshops.workshop_edit, name="workshop_edit"),
    path(f"{one}hold/", workshops.workshop_hold, name="workshop_hold"),
    path(f"{one}reopen/", workshops.workshop_reopen, name="workshop_reopen"),
    path(f"{one}cancel/", workshops.workshop_cancel, name="workshop_cancel"),
    path(f"{one}registration/", registration.registration, name="registration"),
    path(f"{one}participants/search/", workshops.participant_search, name="participant_search"),
    path(f"{participant}", participations.participation_edit, name="participation_edit"),
    path(f"{participant}remove/", participations.participation_remove, name="participation_remove"),
    path(f"{head_counts}new/", tallies.tally_new, name="tally_new"),
    path(f"{head_counts}<uuid:submission>/remove/", tallies.tally_remove, name="tally_remove"),
]
