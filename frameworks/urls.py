"""Pages of the frameworks app."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("frameworks/", lambda request: HttpResponse("soon"), name="framework_list")]
