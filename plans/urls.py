"""Pages of the plans app."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("plans/", lambda request: HttpResponse("soon"), name="plan_list")]
