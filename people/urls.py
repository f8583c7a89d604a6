"""Pages of the people app: people, duplicates, organisations, positions."""

from django.urls import path

from people.views import (
    consents,
    duplicates,
    elections,
    holders,
    needs,
    organizations,
    parts,
    people,
    positions,
)

one = "people/<str:code>/"
pair = "people/duplicates/<str:code>/<str:other>/"
organization = "organizations/<str:code>/"
position = "positions/<str:code>/"
holder = f"{position}holders/<str:holder>/"
need = f"{position}needs/<str:need>/"
election = "elections/<str:code>/"

# Words below people/ stand before the code of a person.
urlpatterns = [
    path("people/", people.person_list, name="person_list"),
    path("people/duplicates/", duplicates.duplicate_list, name="duplicate_list"),
    path(pair, duplicates.duplicate_detail, name="duplicate_detail"),
    path(f"{pair}different/", duplicates.duplicate_different, name="duplicate_different"),
    path(f"{pair}reopen/", duplicates.duplicate_reopen, name="duplicate_reopen"),
    path("people/merges/", duplicates.merge_list, name="merge_list"),
    path("people/merges/<str:merge>/undo/", duplicates.merge_undo, name="merge_undo"),
    path(one, people.person_detail, name="person_detail"),
    path(f"{one}edit/", people.person_edit, name="person_edit"),
    path(f"{one}consents/new/", consents.consent_new, name="consent_new"),
    path(f"{one}consents/<str:purpose>/withdraw/", consents.consent_withdraw, name="consent_withdraw"),
    path(f"{one}positions/new/", holders.incumbency_new, name="incumbency_new"),
    path("organizations/", organizations.organization_list, name="organization_list"),
    path(organization, organizations.organization_detail, name="organization_detail"),
    path(f"{organization}all/<str:part>/", parts.organization_part, name="organization_part"),
    path(f"{organization}edit/", organizations.organization_edit, name="organization_edit"),
    path("positions/", positions.position_list, name="position_list"),
    path(position, positions.position_detail, name="position_detail"),
    path(f"{position}all/<str:part>/", parts.position_part, name="position_part"),
    path(f"{position}edit/", positions.position_edit, name="position_edit"),
    path(f"{position}holders/new/", holders.holder_new, name="holder_new"),
    path(f"{holder}edit/", holders.incumbency_edit, name="incumbency_edit"),
    path(f"{holder}end/", holders.incumbency_end, name="incumbency_end"),
    path(f"{holder}remove/", holders.incumbency_remove, name="incumbency_remove"),
    path(f"{position}needs/new/", needs.training_need_new, name="training_need_new"),
    path(f"{need}met/", needs.training_need_met, name="training_need_met"),
    path(f"{need}remove/", needs.training_need_remove, name="training_need_remove"),
    path("training-needs/", needs.training_needs, name="training_needs"),
    path("elections/", elections.election_list, name="election_list"),
    path("elections/new/", elections.election_new, name="election_new"),
    path(election, elections.election_detail, name="election_detail"),
    path(f"{election}edit/", elections.election_edit, name="election_edit"),
    path(f"{election}outcome/", elections.election_outcome, name="election_outcome"),
]
