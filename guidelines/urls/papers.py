"""Documents made of guidelines: files of the draft and of editions, editions, and what the public reads."""

from django.urls import path

from guidelines.views import editions, exports, public

HERE = "guidelines/<str:code>"
EXPORT = f"{HERE}/exports/<str:export>"
EDITION = f"{HERE}/editions/<int:number>"
PUBLIC = "published-guidelines"
PUBLIC_EDITION = f"{PUBLIC}/<str:code>/editions/<int:number>"

urlpatterns = [
    path(f"{HERE}/export/", exports.guidelines_export, name="guidelines_export"),
    path(f"{EXPORT}/", exports.export_detail, name="export_detail"),
    path(f"{EXPORT}/cancel/", exports.export_cancel, name="export_cancel"),
    path(f"{EXPORT}/file/", exports.export_file, name="export_file"),
    path(f"{HERE}/changes/", editions.guidelines_changes, name="guidelines_changes"),
    path(f"{HERE}/editions/", editions.guidelines_editions, name="guidelines_editions"),
    path(f"{EDITION}/", editions.guidelines_edition, name="guidelines_edition"),
    path(f"{EDITION}/file/", editions.edition_file, name="edition_file"),
    path(f"{PUBLIC}/", public.published_guidelines, name="published_guidelines"),
    path(f"{PUBLIC}/<str:code>/", public.public_guidelines, name="public_guidelines"),
    path(f"{PUBLIC_EDITION}/", public.public_edition, name="public_edition"),
    path(f"{PUBLIC_EDITION}/pdf/", public.public_edition_pdf, name="public_edition_pdf"),
    path(f"{PUBLIC_EDITION}/pictures/<str:picture>/", public.public_picture, name="public_picture"),
]
