"""What a plan has counted in the workspace, for those who read it: the plan with the answers to its questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from intercom_iac.diagnostics import Family
from intercom_iac.model.limits import MAX_SEARCH_FILTERS

from .plan import Measurement, Plan, Question, Remark

Count = Callable[[Mapping[str, Any]], int]
"""How many contacts a search finds (`Workspace.count_contacts`)."""

MOST_QUESTIONS = 20
"""How many questions a plan asks of definitions, a search or two each, and as many of members; beyond them those
alone whose answer may be an error."""


def with_answers(plan: Plan, questions: Sequence[Question], count: Count) -> Plan:
    """The plan with what was counted for it. Raises what `count` does."""
    measurements: list[Measurement] = []
    remarks: list[Remark] = []
    for question in _worth_asking(questions_to_ask(questions), count):
        counted = count(question.query)
        if question.remark is None:
            of = None if question.of is None else count(question.of)
            measurements.append(_answer(question, counted, of))
        elif counted > 0:
            measurements.append(_answer(question, counted, None))
            remarks.append(_remark(question.remark, counted))
    return replace(
        plan,
        measurements=(*plan.measurements, *measurements),
        remarks=(*plan.remarks, *remarks),
        questions=(),
        measured=plan.measured or len(questions) > 0,
    )


def questions_to_ask(questions: Sequence[Question]) -> list[Question]:
    """The first `MOST_QUESTIONS` of either kind, and those whose answer decides whether the plan may be applied."""
    asked: list[Question] = []
    counts = Counter[bool]()
    for question in questions:
        is_decisive = question.remark is not None and question.remark.severity == "error"
        if is_decisive or counts[question.of_members] < MOST_QUESTIONS:
            asked.append(question)
        counts[question.of_members] += 1
    return asked


def measurement_flaws(saved: Plan, remade: Plan) -> Iterator[str]:
    """What the measurements of a saved plan say that answers no question of the remade one, and which answers lack.

    The numbers themselves are not counted again.
    """
    known = list(remade.measurements)
    asked = questions_to_ask(remade.questions)
    open_questions = list(asked)
    remarks: list[Remark] = []
    answered = -1
    for measured in saved.measurements:
        if measured in known:
            known.remove(measured)
            continue
        question = next((question for question in open_questions if _answers(measured, question)), None)
        if question is None:
            yield f"it says `{measured.text}` of `{measured.address}`, which was not to be counted"
            continue
        at = next(number for number, other in enumerate(asked) if other is question)
        if at < answered:
            yield f"it says `{measured.text}` of `{measured.address}` in another place"
        answered = at
        open_questions.remove(question)
        remarks += [] if question.remark is None else [_remark(question.remark, measured.count)]
    told = [replace(remark, source=None) for remark in saved.remarks if remark.counted]
    if not saved.measured or any(remark.family is Family.API for remark in told):
        # Nobody was asked, or nobody answered.
        return
    unanswered = [question.address for question in open_questions if question.remark is None]
    for address in (*unanswered, *(measured.address for measured in known)):
        yield f"it does not say what was counted of `{address}`"
    if told != [replace(remark, source=None) for remark in remarks]:
        yield "what it says of people is not what it counted"


def _answer(question: Question, counted: int, of: int | None) -> Measurement:
    whole = "" if of is None else f"{of:,}"
    text = question.text.format(count=f"{counted:,}", of=whole, people=people_text(counted))
    return Measurement(address=question.address, text=text, count=counted, of=of)


def _answers(measured: Measurement, question: Question) -> bool:
    """Whether it is what was told with some numbers for this question."""
    if measured.address != question.address or (measured.of is None) != (question.of is None):
        return False
    return measured == _answer(question, measured.count, measured.of)


def _remark(remark: Remark, counted: int) -> Remark:
    return replace(remark, message=remark.message.format(people=people_text(counted)), counted=True)


def _worth_asking(questions: Sequence[Question], count: Count) -> Iterator[Question]:
    """The questions without those that have nothing to tell: mostly one search finds nobody for many of them."""
    quiet = [question for question in questions if question.remark is not None]
    silent: set[int] = set()
    for start in range(0, len(quiet), MAX_SEARCH_FILTERS):
        group = quiet[start : start + MAX_SEARCH_FILTERS]
        if len(group) > 1 and count({"operator": "OR", "value": [question.query for question in group]}) == 0:
            silent |= set(map(id, group))
    return (question for question in questions if id(question) not in silent)


def people_text(count: int) -> str:
    """`nobody`, `1 person`, `1,234 people`."""
    return "nobody" if count == 0 else "1 person" if count == 1 else f"{count:,} people"


def literal(name: str) -> str:
    """A name as it stands in the text of a question."""
    return name.replace("{", "{{").replace("}", "}}")
