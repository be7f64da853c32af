"""Copy that speaks of its own task, as small models do, and copy that only uses the same words."""

import pytest

from model.brief import Brief
from model.faults import of_the_task

OF_THE_TASK = [
    "The brief says that the coffee is cold.",
    "As the brief asks, in the brief you will find cold brew.",
    "It follows the brief.",
    "The brief is about cold brew.",
    "This draft is about cold brew.",
    "The draft of the tweet is here.",
    "The rejected draft was too long.",
    "The new draft has more words.",
    "The tone is dry.",
    "The target audience is people who drink coffee.",
    "The audience should be young.",
    "The character limit is 280.",
    "This tweet is about cold brew.",
    "This caption should make people smile.",
    "This slogan is for a coffee brand.",
    "The copy must be short.",
    "This copy is for a café.",
    "Call to action: come in.",
    "Rewrite the tweet to be shorter.",
    "I have rewritten the copy.",
    "Based on the prompt, it is cold.",
    "This draft uses a friendly tone.",
    "The brief has no words about milk.",
]
NOT_OF_THE_TASK = [
    "Keep it brief.",
    "A brief history of coffee.",
    "Beer on draught, and a draft under the door.",
    "Your first draft starts with a coffee.",
    "A copy of the menu is on the wall.",
    "This copy machine makes coffee. It doesn't.",
    "The audience stood up and clapped.",
    "A prompt reply, a prompt start.",
    "Tone your calves.",
    "The tones of an old piano.",
    "This post is for anyone who's cold.",
    "Read the script, then the play.",
    "Call us. Action!",
    "Rewrite your morning.",
    "This headline act needs no introduction.",
    "Brief encounters at platform five.",
    "We caption every film.",
    "The brief pause before lunch.",
    "A slogan won't keep you warm.",
    "Limit yourself to one.",
]


@pytest.mark.parametrize("copy", OF_THE_TASK)
def test_copy_that_speaks_of_its_own_task_is_found(copy: str) -> None:
    assert of_the_task(copy, Brief("tweet for Brewline, cold brew in cans"))


@pytest.mark.parametrize("copy", NOT_OF_THE_TASK)
def test_the_same_words_in_copy_are_fine(copy: str) -> None:
    assert of_the_task(copy, Brief("tweet for Brewline, cold brew in cans")) == ""


@pytest.mark.parametrize(
    ("brief", "copy"),
    [
        ("app that turns a brief into a plan", "The brief is for everyone on the team."),
        ("writing software, keeps every draft", "The new draft is beside the old one."),
        ("voice coach, finds your tone", "The tone is yours."),
        ("theatre, the audience chooses the end", "The audience is in charge."),
        ("brewery, a draft each week", "When the draft is done, the tap is on."),
        ("manuscript service, we read drafts", "When the draft is done, send us the first ten thousand words."),
        ("prompt library for teams", "In the prompt, say who reads it."),
    ],
)
def test_a_brief_about_such_things_may_be_answered(brief: str, copy: str) -> None:
    assert of_the_task(copy, Brief(brief)) == ""
