import pytest

from lapportal.pipeline import Pipeline


@pytest.mark.parametrize(
    ("pipeline", "stage"),
    [
        (Pipeline(), "Not started"),
        (Pipeline(workshops=2), "Workshop held"),
        (Pipeline(workshops=1, committees=1), "Committee set up"),
        (Pipeline(workshops=1, committees=1, plans=1), "Plan drafted"),
        (Pipeline(workshops=1, committees=1, plans=2, adopted=1), "Instrument adopted"),
        (Pipeline(plans=1, adopted=1, integrated=1), "Integrated"),
        (Pipeline(adopted=1, monitored=1), "Monitored"),
        (Pipeline(committees=1, sustained=1), "Sustained"),
        # Nobody is forced into the order (F49): a plan without a workshop is where it is.
        (Pipeline(plans=1), "Plan drafted"),
    ],
)
def test_stage_is_the_furthest_step_reached(pipeline, stage):
    assert str(pipeline.stage) == stage


def test_steps_say_which_were_skipped():
    steps = Pipeline(plans=1).steps
    assert [step.reached for step in steps] == [False, False, False, True, False, False, False, False]
    assert [step.is_current for step in steps] == [False, False, False, True, False, False, False, False]


def test_steps_of_nothing_have_no_current():
    assert not any(step.is_current for step in Pipeline().steps)
