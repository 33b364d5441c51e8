"""Labels against the project's vocabulary."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intercom_iac.specs import Loaded

Judge = Callable[[str, str], Loaded]
Lines = Callable[[Loaded], list[str]]

VOCABULARY = (
    "policy:\n  labels: {pii: [none, personal, sensitive], purpose: [support, marketing], source: []}\n"
)


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        ("{pii: none, purpose: [support, marketing], source: whatever}", []),
        ("{pii: non}", ["4:37 LINT565 non"]),
        ("{pii: [none, sensitiv]}", ["4:44 LINT565 sensitiv"]),
        ("{purpose: [x, support, x]}", ["4:42 LINT565 x"]),
        ("{ppi: none}", ["4:32 LINT565 ppi"]),
        ("{Pii: none}", ["4:32 LINT565 Pii"]),
        ("{pii: [none, 3]}", ["4:44 LINT565 3", "4:44 SPEC120 3"]),
        ("{pii: []}", ["4:37 LINT565 []"]),
        ("{}", []),
    ],
)
def test_labels_are_those_of_the_vocabulary(
    judged: Judge, lines: Lines, labels: str, wanted: list[str]
) -> None:
    specs = f"attributes:\n  contact:\n    a: {{type: string, labels: {labels}}}\n"
    assert lines(judged(VOCABULARY, specs)) == wanted
    wanted = [each for each in wanted if "SPEC" in each]
    archived = specs.replace("type: string", "status: archived, type: string")
    assert len(judged(VOCABULARY, archived).diagnostics) == len(wanted)
    assert len(judged("", specs).diagnostics) == len(wanted)


@pytest.mark.parametrize(
    ("labels", "message", "hint"),
    [
        ("{pii: non}", "`non` is not a value of the label `pii`", "did you mean `none`?"),
        (
            "{pii: zz}",
            "`zz` is not a value of the label `pii`",
            "its values: `none`, `personal` and `sensitive`",
        ),
        ("{puropse: x}", "the label `puropse` is not among those of the project", "did you mean `purpose`?"),
        (
            "{zz: x}",
            "the label `zz` is not among those of the project",
            "labels: `pii`, `purpose` and `source`",
        ),
    ],
)
def test_what_was_meant_is_said(judged: Judge, labels: str, message: str, hint: str) -> None:
    [finding] = judged(
        VOCABULARY, f"attributes: {{company: {{a: {{type: string, labels: {labels}}}}}}}\n"
    ).diagnostics
    assert (finding.message, finding.hint) == (message, hint)


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        ("{pii: 3}", ["4:37 SPEC120 3"]),
        ("{pii: }", ["4:32 SPEC120 pii"]),
        ("{pii: [none, 3]}", ["4:44 SPEC120 3"]),
        ("{pii: {a: b}}", ["4:37 SPEC120 {a: b}"]),
        ("[pii]", ["4:31 SPEC120 [pii]"]),
    ],
)
def test_a_label_of_another_shape_is_one_mistake(
    judged: Judge, lines: Lines, labels: str, wanted: list[str]
) -> None:
    found = judged("", f"attributes:\n  contact:\n    a: {{type: string, labels: {labels}}}\n")
    assert lines(found) == wanted
    assert ("contact", "a") in found.schema.attributes


def test_the_model_has_them_in_order(judged: Judge) -> None:
    found = judged(
        "", "attributes: {contact: {a: {type: string, labels: {purpose: [b, a, b], pii: none}}}}\n"
    )
    assert found.schema.attributes["contact", "a"].labels == (("pii", ("none",)), ("purpose", ("a", "b")))
