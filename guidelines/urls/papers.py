"""Documents made of guidelines."""

from django.urls import path

from guidelines.views import exports

EXPORT = "guidelines/<str:code>/exports/<str:export>"

urlpatterns = [
    path("guidelines/<str:code>/export/", exports.guidelines_export, name="guidelines_export"),
    path(f"{EXPORT}/", exports.export_detail, name="export_detail"),
    path(f"{EXPORT}/file/", exports.export_file, name="export_file"),
]
