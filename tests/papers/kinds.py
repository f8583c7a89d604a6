"""Every kind of paper that the portal prints, each drawn from the one scene of a script."""

import datetime
from collections.abc import Callable

from committees.papers import rendering as meeting_papers
from core.pdf import Rendered, render_pdf
from guidelines.papers.source import Source
from lapportal.memory.papers import pack_pdf
from lapportal.memory.reading import Reading
from plans.papers.printed import plan_html, source_of
from plans.papers.scorecard import scorecard_pdf
from plans.sides import Reader
from tests.papers.scene import Scene
from workshops.papers import rendering as workshop_papers

TODAY = datetime.date(2026, 6, 20)

KINDS: dict[str, Callable[[Scene], Rendered]] = {
    "plan_draft": lambda scene: render_pdf(plan_html(*source_of(scene.plan, None))),
    "plan_edition": lambda scene: render_pdf(plan_html(*source_of(scene.plan, scene.edition))),
    "scorecard": lambda scene: scorecard_pdf(
        scene.assessment,
        reader=Reader(keeps=True),
        language=scene.paper_language,
        today=TODAY,
    ),
    "minutes": lambda scene: _of_meeting("minutes", scene),
    "agenda": lambda scene: _of_meeting("agenda", scene),
    "blank_minutes": lambda scene: _of_meeting("blank", scene),
    "sign_in_sheet": lambda scene: workshop_papers.sign_in_sheet(scene.workshop, as_of=TODAY),
    "blank_sheet": lambda scene: workshop_papers.sign_in_sheet(scene.workshop, as_of=TODAY, blank=12),
    "programme": lambda scene: workshop_papers.programme(scene.workshop, as_of=TODAY),
    "guidelines": lambda scene: _of_guidelines(scene),
    "certificates": lambda scene: workshop_papers.certificates(scene.workshop, as_of=TODAY)[0],
    "report": lambda scene: workshop_papers.report(scene.workshop, as_of=TODAY)[0],
    "summary": lambda scene: workshop_papers.summary(scene.workshop, as_of=TODAY),
    "handover_pack": lambda scene: pack_pdf(
        scene.handover,
        reading=Reading.of_handover(scene.handover, user=scene.user, today=TODAY),
        language=scene.paper_language,
        as_of=TODAY,
    ),
}


def _of_guidelines(scene: Scene) -> Rendered:
    source = Source.of(scene.guidelines, None, today=TODAY)
    files = source.files()
    return render_pdf(source.html(files), files=files)


def _of_meeting(name: str, scene: Scene) -> Rendered:
    return meeting_papers.rendered(name, scene.meeting, as_of=TODAY)


# Every function that draws a PDF, and the kinds that it draws.
CALLERS: dict[str, list[str]] = {
    "committees/papers/rendering.py:rendered": ["minutes", "agenda", "blank_minutes"],
    "guidelines/rendering.py:render_export": ["guidelines"],
    "lapportal/memory/papers.py:pack_pdf": ["handover_pack"],
    "plans/papers/scorecard.py:scorecard_pdf": ["scorecard"],
    "plans/rendering.py:render_plan_pdf": ["plan_draft", "plan_edition"],
    "workshops/papers/rendering.py:certificates": ["certificates"],
    "workshops/papers/rendering.py:programme": ["programme"],
    "workshops/papers/rendering.py:report": ["report"],
    "workshops/papers/rendering.py:sign_in_sheet": ["sign_in_sheet", "blank_sheet"],
    "workshops/papers/rendering.py:summary": ["summary"],
}
