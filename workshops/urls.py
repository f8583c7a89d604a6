"""Pages of the workshops app."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("workshops/", lambda request: HttpResponse("soon"), name="workshop_list")]
