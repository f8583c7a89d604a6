import pytest

from people.functioning import LEAD_IN, Difficulty, Question, derived

# Washington Group Short Set on Functioning, English, word for word and in its order.
AS_WRITTEN = [
    "Do you have difficulty seeing, even if wearing glasses?",
    "Do you have difficulty hearing, even if using a hearing aid?",
    "Do you have difficulty walking or climbing steps?",
    "Do you have difficulty remembering or concentrating?",
    "Do you have difficulty (with self-care such as) washing all over or dressing?",
    (
        "Using your usual (customary) language, do you have difficulty communicating, for example "
        "understanding or being understood?"
    ),
]
ANSWERS = ["No - no difficulty", "Yes - some difficulty", "Yes - a lot of difficulty", "Cannot do at all"]


def test_questions_and_answers_stand_as_the_group_wrote_them():
    assert [str(question.label) for question in Question] == AS_WRITTEN
    assert [str(answer.label) for answer in Difficulty] == ANSWERS
    assert str(LEAD_IN).startswith("The next questions ask about difficulties you may have")


def test_the_word_does_not_stand_near_the_questions():
    assert "disab" not in " ".join([*AS_WRITTEN, *ANSWERS, str(LEAD_IN)]).lower()


def all_six(**instead):
    return dict.fromkeys(Question.values, "none") | instead


@pytest.mark.parametrize(
    ("answers", "result"),
    [
        ({}, "unstated"),
        (all_six(), "no"),
        (dict.fromkeys(Question.values, "some"), "no"),
        (all_six(walking="a_lot"), "yes"),
        (all_six(seeing="cannot"), "yes"),
        ({"hearing": "a_lot"}, "yes"),
        ({"communicating": "cannot", "seeing": ""}, "yes"),
        ({"hearing": "some"}, "unstated"),
        (all_six(self_care=""), "unstated"),
        (all_six(self_care="perhaps"), "unstated"),
    ],
)
def test_derived_from_the_cut_off(answers, result):
    assert derived(answers) == result


@pytest.mark.parametrize("question", Question.values)
@pytest.mark.parametrize("answer", ["a_lot", "cannot"])
def test_derived_one_answer_at_the_cut_off_is_enough(question, answer):
    assert derived(all_six(**{question: answer})) == "yes"
    assert derived({question: answer}) == "yes"
