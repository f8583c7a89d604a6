"""Pictures of guidelines."""

from django.urls import path

from guidelines.views import pictures

PICTURES = "guidelines/<str:code>/pictures"
PICTURE = f"{PICTURES}/<str:picture>"

urlpatterns = [
    path(f"{PICTURES}/", pictures.picture_list, name="picture_list"),
    path(f"{PICTURES}/new/", pictures.picture_new, name="picture_new"),
    path(f"{PICTURE}/edit/", pictures.picture_edit, name="picture_edit"),
    path(f"{PICTURE}/consent/", pictures.picture_consent, name="picture_consent"),
    path(f"{PICTURE}/remove/", pictures.picture_remove, name="picture_remove"),
    path(f"{PICTURE}/file/", pictures.picture_file, name="picture_file"),
]
