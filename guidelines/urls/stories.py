"""Impact stories."""

from django.urls import path

from guidelines.views import stories

urlpatterns = [
    path("stories/", stories.story_list, name="story_list"),
    path("stories/new/", stories.story_new, name="story_new"),
    path("stories/<str:code>/", stories.story_detail, name="story_detail"),
    path("stories/<str:code>/edit/", stories.story_edit, name="story_edit"),
    path("stories/<str:code>/publish/", stories.story_publish, name="story_publish"),
    path("stories/<str:code>/withdraw/", stories.story_withdraw, name="story_withdraw"),
]
