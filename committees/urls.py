"""Pages of the committees app."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("committees/", lambda request: HttpResponse("soon"), name="committee_list")]
