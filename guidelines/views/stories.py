"""Impact stories: the list, writing one, publishing and withdrawing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.editing import Attempt, attempt
from core.access import require
from core.conflicts import EditConflict
from core.lists import listing
from guidelines.forms.stories import PublishForm, StoryForm, WithdrawForm
from guidelines.models import ImpactStory, StoryState
from guidelines.reports.stories import WhereKept
from guidelines.rules import can_edit_story, can_publish_story, can_start_story, can_tell_stories_of
from guidelines.services import stories as services
from guidelines.stories import missing, needs_safety_reason, points_at_somebody
from guidelines.story_filters import StoryFilter


@require_safe
def story_list(request: SignedInRequest) -> HttpResponse:
    stories = ImpactStory.objects.visible_to(request.user).select_related("locality__country")
    found = StoryFilter(request.GET, queryset=stories, request=request)
    context = listing(request, found) | {"may_start": can_start_story(request.user)}
    return render(request, "guidelines/story_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def story_new(request: SignedInRequest) -> HttpResponse:
    """With `?locality=CODE` the place is chosen. The form offers the places of which the user may tell."""
    require(can_start_story(request.user))
    form = StoryForm(
        request.POST if request.method == "POST" else None,
        instance=ImpactStory(),
        initial={"locality": request.GET.get("locality", "")},
        user=request.user,
    )
    tried = attempt(
        form,
        lambda: made_once(
            request,
            lambda: services.add_story(form.save(commit=False), by=request.user),
            address=ImpactStory.get_absolute_url,
        ),
    )
    if tried.saved:
        messages.success(request, _("The story is saved as a draft."))
        return redirect(tried.result)
    return render(request, "guidelines/story_new.html", {"form": form, "attempt": tried}, status=tried.status)


@require_safe
def story_detail(request: SignedInRequest, code: str) -> HttpResponse:
    story = _story(request, code)
    today = timezone.localdate()
    may_publish = can_publish_story(request.user, story)
    context = {
        "story": story,
        "tone": TONES[StoryState(story.state)],
        "may_edit": can_edit_story(request.user, story),
        "may_publish": may_publish,
        "is_teller": can_tell_stories_of(request.user, story.locality),
        "missing": missing(story) if story.state != StoryState.PUBLISHED else {},
        "waits": story.state != StoryState.PUBLISHED and needs_safety_reason(story.locality, today=today),
        "points_at_somebody": points_at_somebody(story),
        "activity": _activity(request, story),
    }
    return render(request, "guidelines/story_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def story_edit(request: SignedInRequest, code: str) -> HttpResponse:
    story = _story(request, code)
    require(can_edit_story(request.user, story))
    title = story.title
    form = StoryForm(request.POST if request.method == "POST" else None, instance=story, user=request.user)
    tried = _save(request, form)
    if tried.saved:
        messages.success(request, _("The story is saved."))
        return redirect(story)
    context = {"story": story, "title": title, "form": form, "attempt": tried}
    return render(request, "guidelines/story_edit.html", context, status=tried.status)


def _save(request: SignedInRequest, form: StoryForm) -> Attempt:
    """What a published story is told on stays: what is missing is said at its field."""
    try:
        return attempt(
            form,
            lambda: services.save_story(
                form.save(commit=False), opened_version=form.opened_version, by=request.user
            ),
        )
    except services.StoryNotReady as lacking:
        for name, words in lacking.fields.items():
            form.add_error(name, words)
        return Attempt(status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def story_publish(request: SignedInRequest, code: str) -> HttpResponse:
    story = _story(request, code)
    require(can_publish_story(request.user, story))
    today = timezone.localdate()
    asks_why = needs_safety_reason(story.locality, today=today)
    form = PublishForm(request.POST if request.method == "POST" else None, asks_why=asks_why)
    lacking: dict[str, str] = missing(story)
    if request.method == "POST" and form.is_valid():
        try:
            services.publish_story(
                story, safety_reason=form.cleaned_data.get("safety_reason", ""), today=today, by=request.user
            )
        except services.StoryNotReady as not_ready:
            lacking = not_ready.fields
            if words := lacking.pop("safety_reason", None):
                form.add_error("safety_reason" if asks_why else None, words)
        except (services.NotInThisState, EditConflict) as refused:
            messages.error(request, _told(refused))
            return redirect(story)
        else:
            messages.success(request, _("The story is published."))
            return redirect(story)
    context = {
        "story": story,
        "form": form,
        "missing": lacking,
        "points_at_somebody": points_at_somebody(story),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "guidelines/story_publish.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def story_withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    story = _story(request, code)
    require(can_publish_story(request.user, story))
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_story(story, reason=form.cleaned_data["reason"], by=request.user)
        except (services.NotInThisState, EditConflict) as refused:
            messages.error(request, _told(refused))
        else:
            messages.success(
                request, _("The story is withdrawn. Blocks that follow the data no longer show it.")
            )
        return redirect(story)
    kept = WhereKept.from_story(story, user=request.user)
    status = 422 if request.method == "POST" else 200
    context = {"story": story, "form": form, "kept": kept}
    return render(request, "guidelines/story_withdraw.html", context, status=status)


TONES: dict[StoryState, str] = {
    StoryState.DRAFT: "going",
    StoryState.PUBLISHED: "done",
    StoryState.WITHDRAWN: "stop",
}


def _story(request: SignedInRequest, code: str) -> ImpactStory:
    stories = ImpactStory.objects.visible_to(request.user)
    return get_object_or_404(stories.select_related("locality__country", "activity"), code=code)


def _activity(request: SignedInRequest, story: ImpactStory) -> Any:
    """The activity that it tells of, where the user may see its plan."""
    if story.activity is None:
        return None
    plans = type(story.activity).objects.visible_to(request.user).select_related("objective__plan")
    return plans.filter(pk=story.activity.pk).first()


def _told(refused: Exception) -> str:
    if isinstance(refused, EditConflict):
        return _("Somebody saved the story while you were reading it. Look at it again.")
    return str(refused)
