"""Pages of the guidelines app."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("guidelines/", lambda request: HttpResponse("soon"), name="guidelines_list")]
