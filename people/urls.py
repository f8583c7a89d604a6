"""Pages of the people app: people, duplicates, organisations, positions."""

from django.urls import path

from people.views import consents, duplicates, organizations, people, positions

one = "people/<str:code>/"
pair = "people/duplicates/<str:code>/<str:other>/"
organization = "organizations/<str:code>/"
position = "positions/<str:code>/"
holder = f"{position}holders/<str:holder>/"

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
    path(f"{one}positions/new/", positions.incumbency_new, name="incumbency_new"),
    path("organizations/", organizations.organization_list, name="organization_list"),
    path(organization, organizations.organization_detail, name="organization_detail"),
    path(f"{organization}edit/", organizations.organization_edit, name="organization_edit"),
    path("positions/", positions.position_list, name="position_list"),
    path(position, positions.position_detail, name="position_detail"),
    path(f"{position}edit/", positions.position_edit, name="position_edit"),
    path(f"{holder}edit/", positions.incumbency_edit, name="incumbency_edit"),
    path(f"{holder}end/", positions.incumbency_end, name="incumbency_end"),
    path(f"{holder}remove/", positions.incumbency_remove, name="incumbency_remove"),
]
