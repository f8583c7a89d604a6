"""Languages and versions of guidelines."""

from django.urls import path

from guidelines.urls.sections import SECTION
from guidelines.views import translations, versions

urlpatterns = [
    path("guidelines/<str:code>/versions/", versions.guidelines_versions, name="guidelines_versions"),
    path(
        "guidelines/<str:code>/versions/new/", versions.guidelines_new_version, name="guidelines_new_version"
    ),
    path("guidelines/<str:code>/translate/", versions.guidelines_translate, name="guidelines_translate"),
    path(
        "guidelines/<str:code>/translation/",
        translations.guidelines_translation,
        name="guidelines_translation",
    ),
    path(f"{SECTION}/translation/", translations.translation_edit, name="translation_edit"),
]
