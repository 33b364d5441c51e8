"""Comments that silence, what they are for, and levels behind them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intercom_iac.specs import Loaded, format_file

Judge = Callable[[str, str], Loaded]
Lines = Callable[[Loaded], list[str]]

SNAKE = "naming: {attributes: snake_case, events: snake_case, segments: snake_case}\n"
IGNORE = "# intercom-iac: ignore"
WHY = "as the app sends it"


@pytest.mark.parametrize(
    ("events", "wanted"),
    [
        (f"  aB: {{}}  {IGNORE} LINT551: {WHY}\n", []),
        (f"  aB: {{}} {IGNORE}   LINT551:{WHY}\n", []),
        (f"  aB: {{}}  #intercom-iac:ignore LINT551: {WHY}\n", []),
        (f"  aB: {{}}  # yamllint disable-line {IGNORE} LINT551: {WHY}\n", []),
        (f"  {IGNORE} LINT551: {WHY}\n  aB: {{}}\n", []),
        (f"{IGNORE} LINT551: {WHY}\n  aB: {{}}\n", []),
        (f"  {IGNORE} LINT551: {WHY},\n  # and has for years\n  aB: {{}}\n", []),
        (f"  {IGNORE} LINT551: {WHY}\n  {IGNORE} LINT552: {WHY}\n  a.B: {{}}\n", []),
        (f"  a.B: {{}}  {IGNORE} LINT551, LINT552: {WHY}\n", []),
        (f"  a.B: {{}}  {IGNORE} LINT551 LINT552: {WHY}\n", []),
        (f"  aB:  {IGNORE} LINT551: {WHY}\n    description: x\n", []),
        # of another line or another code
        (f"  {IGNORE} LINT551: {WHY}\n\n  aB: {{}}\n", ["4:26 LINT571 LINT551", "6:3 LINT551 aB"]),
        (f"  aB: {{}}\n  {IGNORE} LINT551: {WHY}\n", ["4:3 LINT551 aB", "5:26 LINT571 LINT551"]),
        (f"  ok: {{}}  {IGNORE} LINT551: {WHY}\n  aB: {{}}\n", ["4:34 LINT571 LINT551", "5:3 LINT551 aB"]),
        (f"  aB:\n    description: x  {IGNORE} LINT551: {WHY}\n", ["4:3 LINT551 aB", "5:44 LINT571 LINT551"]),
        (f"  aB: {{}}  {IGNORE} LINT552: {WHY}\n", ["4:3 LINT551 aB", "4:34 LINT571 LINT552"]),
        (f"  aB: {{}}  {IGNORE} LINT551, LINT552: {WHY}\n", ["4:43 LINT571 LINT552"]),
        # not a silence
        (f"  aB: {{}}  {IGNORE} LINT551\n", ["4:3 LINT551 aB", f"4:11 LINT572 {IGNORE} LINT551"]),
        (f"  aB: {{}}  {IGNORE} LINT551: ...\n", ["4:3 LINT551 aB", f"4:11 LINT572 {IGNORE} LINT551: ..."]),
        (f"  ab: {{}}  {IGNORE}: {WHY}\n", [f"4:11 LINT572 {IGNORE}: {WHY}"]),
        (f"  ab: {{}}  {IGNORE}\n", [f"4:11 LINT572 {IGNORE}"] * 2),
        (f"  aB: {{}}  {IGNORE} LINT55, LINT551: {WHY}\n", ["4:34 LINT572 LINT55"]),
        (f"  ab: {{}}  {IGNORE} SPEC101: {WHY}\n", ["4:34 LINT572 SPEC101"]),
        (f"  ab: {{}}  {IGNORE} LINT571: {WHY}\n", ["4:34 LINT572 LINT571"]),
        (f"  ab: {{}}  {IGNORE} LINT510: {WHY}\n", ["4:34 LINT572 LINT510"]),
        ("  ab: {}  # intercom-iac: disable LINT551\n", ["4:11 LINT572 # intercom-iac: disable LINT551"]),
        ("  ab: {}  # intercom-iac: ignored by most\n", []),
        ("  ab: {}  # intercom-iac: the tool of this folder\n", []),
        ("  ab: {}  # of intercom-iac: ignore LINT551: none of it\n", []),
    ],
)
def test_a_comment_silences_its_line_or_the_one_below(
    judged: Judge, lines: Lines, events: str, wanted: list[str]
) -> None:
    for text in (events, events.replace("\n", "\r\n")):
        found = judged(SNAKE, f"# A file.\nevents:\n{text}")
        assert lines(found) == wanted


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_end_where_editors_end_them(judged: Judge, lines: Lines, end: str) -> None:
    text = (
        f"events:\n  {IGNORE} LINT551: {WHY}\n  aB: {{}}\n  bC: {{}}  {IGNORE} LINT551: {WHY}\n  cD: {{}}\n"
    )
    assert [each.partition(" ")[2] for each in lines(judged(SNAKE, text.replace("\n", end)))] == [
        "LINT551 cD"
    ]


@pytest.mark.parametrize("end", ["\r", "\x85", "\u2028", "\u2029"])
def test_a_comment_does_not_end_where_only_some_programs_end_a_line(
    judged: Judge, lines: Lines, end: str
) -> None:
    found = judged(SNAKE, f"events:\n  ab: {{}}  # a note{end}  {IGNORE} LINT551: {WHY}\n  cD: {{}}\n")
    assert [each.split()[1] for each in lines(found)] == ["SPEC153", "LINT551"]


@pytest.mark.parametrize(
    "text",
    [
        f"description: 'x {IGNORE} LINT551: {WHY}'",
        f'description: "x {IGNORE} LINT551: {WHY}"',
        f"description: |\n      x\n      {IGNORE} LINT551: {WHY}",
        f"description: >-\n      {IGNORE} LINT551: {WHY}\n\n      y",
        "description: x#intercom-iac:ignore",
        f"description: 'x\n\n      {IGNORE} LINT551: {WHY}\n      y'",
    ],
)
def test_text_is_never_a_comment(judged: Judge, lines: Lines, text: str) -> None:
    found = judged(SNAKE, f"events:\n  ab:\n    {text}\n  cD: {{}}\n")
    assert [each.partition(" ")[2] for each in lines(found)] == ["LINT551 cD"]


DOUBLE = "not email is unknown"


@pytest.mark.parametrize(
    "segment",
    [
        f"    rule: {DOUBLE}  {IGNORE} LINT503: {WHY}\n",
        f"    {IGNORE} LINT503: {WHY}\n    rule: {DOUBLE}\n",
        f"    rule: |  {IGNORE} LINT503: {WHY}\n      role = user\n      and {DOUBLE}\n",
        f"    {IGNORE} LINT503: {WHY}\n    rule: >-\n      role = user\n      and {DOUBLE}\n",
        f"    rule:  {IGNORE} LINT503: {WHY}\n      >-\n      role = user\n      and {DOUBLE}\n",
        f"    rule: role = user\n      and {DOUBLE}  {IGNORE} LINT503: {WHY}\n",
        f"    rule: role = user\n      and {DOUBLE}\n      and phone is unknown  {IGNORE} LINT503: {WHY}\n",
        f"    {IGNORE} LINT503: {WHY}\n    rule: 'role = user\n      and {DOUBLE}'\n",
        f'    rule: "role = user\n      and {DOUBLE}"  {IGNORE} LINT503: {WHY}\n',
    ],
)
def test_for_a_rule_of_several_lines_its_key_and_its_end_count(
    judged: Judge, lines: Lines, segment: str
) -> None:
    assert judged(SNAKE, f"segments:\n  s:\n{segment}").diagnostics == ()
    without = segment.replace(f"{IGNORE} LINT503: {WHY}", "# nothing")
    assert [each.partition(" ")[2] for each in lines(judged(SNAKE, f"segments:\n  s:\n{without}"))] == [
        f"LINT503 {DOUBLE}"
    ]


@pytest.mark.parametrize(
    "segment",
    [
        f"    rule: |\n      role = user\n      {IGNORE} LINT503: {WHY}\n      and {DOUBLE}\n",
        f"    rule: |\n      role = user\n      and {DOUBLE}  {IGNORE} LINT503: {WHY}\n",
    ],
)
def test_a_comment_of_the_rule_language_is_text(judged: Judge, lines: Lines, segment: str) -> None:
    found = judged(SNAKE, f"segments:\n  s:\n{segment}")
    assert [each.partition(" ")[2] for each in lines(found)] == [f"LINT503 {DOUBLE}"]


def test_what_a_comment_behind_a_block_is_for(judged: Judge, lines: Lines) -> None:
    found = judged(
        SNAKE,
        f"segments:\n  s:\n    rule: |\n      {DOUBLE}\n  {IGNORE} LINT551: {WHY}\n"
        "  aB: {rule: email is unknown}\n",
    )
    assert [each.partition(" ")[2] for each in lines(found)] == [f"LINT503 {DOUBLE}"]


def test_a_flow_is_silenced_at_the_clause(judged: Judge) -> None:
    specs = (
        "attributes: {contact: {health: {type: integer, labels: {pii: sensitive}}}}\n"
        "segments:\n  s:\n    publish: [tag]\n"
        f"    rule: health > 1  {IGNORE} LINT566: agreed with the data protection officer\n"
    )
    policy = "policy: {flows: [{may_not_depend_on: {pii: sensitive}}]}\n"
    assert judged(policy, specs).diagnostics == ()


def test_unused_silences_wait_for_what_cannot_be_read(judged: Judge, lines: Lines) -> None:
    unused = f"events:\n  ab: {{}}  {IGNORE} LINT551: {WHY}\n"
    assert lines(judged(SNAKE, unused)) == ["3:34 LINT571 LINT551"]
    broken = unused + "segments:\n  s: {rule: email =}\n"
    assert [each.partition(" ")[2][:5] for each in lines(judged(SNAKE, broken))] == ["PARSE"]


def test_an_error_that_is_only_a_level_hides_no_unused_silence(judged: Judge) -> None:
    found = judged(
        SNAKE + "policy: {levels: {LINT551: error}}\n",
        f"events:\n  ab: {{}}  {IGNORE} LINT551: {WHY}\n  cD: {{}}\n",
    )
    assert [(each.code, each.severity) for each in found.diagnostics] == [
        ("LINT571", "warning"),
        ("LINT551", "error"),
    ]


@pytest.mark.parametrize(
    ("levels", "wanted"),
    [
        ("{}", [("LINT551", "warning"), ("LINT571", "warning"), ("LINT572", "warning")]),
        ("{LINT551: off}", [("LINT571", "warning"), ("LINT572", "warning")]),
        ("{LINT551: error, LINT571: off}", [("LINT551", "error"), ("LINT572", "warning")]),
        ("{LINT572: off, LINT571: error}", [("LINT551", "warning"), ("LINT571", "error")]),
        ("{LINT551: off, LINT571: off, LINT572: off}", []),
    ],
)
def test_levels_come_last(judged: Judge, levels: str, wanted: list[tuple[str, str]]) -> None:
    found = judged(
        f"{SNAKE}policy: {{levels: {levels}}}\n",
        f"events:\n  aB: {{}}\n  bC: {{}}  {IGNORE} LINT551: used, whatever the level\n"
        f"  cd: {{}}  {IGNORE} LINT551: unused\n  de: {{}}  {IGNORE} LINT551\n",
    )
    assert [(each.code, each.severity) for each in found.diagnostics] == wanted
    assert bool(found.errors) == any(severity == "error" for _, severity in wanted)


def test_levels_are_for_what_rules_say_too(judged: Judge) -> None:
    specs = "attributes: {contact: {d: {type: date}}}\nsegments: {s: {rule: d within 3 days}}\n"
    [info] = judged("", specs).diagnostics
    assert (info.code, info.severity) == ("LINT502", "info")
    assert judged("policy: {levels: {LINT502: off}}\n", specs).diagnostics == ()
    [error] = judged("policy: {levels: {LINT502: error}}\n", specs).diagnostics
    assert error.is_error


def test_a_silence_in_the_project_file_is_unused(judged: Judge) -> None:
    found = judged(f"naming: {{}}  {IGNORE} LINT551: {WHY}\n", "")
    assert [(each.code, str(each.span)) for each in found.diagnostics] == [
        ("LINT571", "intercom-iac.yaml:2:36")
    ]


@pytest.mark.parametrize(
    "specs",
    [
        f"segments:\n  s:\n    publish: [tag]\n    {IGNORE} LINT503: {WHY}\n    rule: {DOUBLE}\n",
        f"segments:\n  s:\n    publish: [tag]\n    rule: role  =  user\n      and {DOUBLE}"
        f"  {IGNORE} LINT503: {WHY}\n",
        f"segments:\n  s:\n    rule: |   {IGNORE} LINT503: {WHY}\n        role = user\n        and {DOUBLE}\n",
        f"segments:\n  s: {{publish: [tag], rule: {DOUBLE}}}  {IGNORE} LINT503: {WHY}\n",
        f"segments:\n  s:\n    rule: role = user and phone is unknown and name is unknown and browser is unknown"
        f" and {DOUBLE}  {IGNORE} LINT503: {WHY}\n",
        f"attributes:\n  contact:\n    aB:  {IGNORE} LINT551: {WHY}\n      description: x\n      type: string\n",
        f"attributes:\n  contact:\n    ab:\n      status: active\n        {IGNORE} LINT563: {WHY}\n"
        "      description: far too long\n      type: string\n",
        f"attributes:\n  contact:\n    ab:\n      owner: x\n      {IGNORE} LINT563: {WHY}\n"
        "      description: far too long\n      type: string\n",
    ],
)
def test_formatting_leaves_them_where_they_work(judged: Judge, specs: str) -> None:
    settings = SNAKE + "policy: {max_length: {description: 5}}\n"
    assert judged(settings, specs).diagnostics == ()
    text = format_file(f"version: 1\n{specs}", "a.yaml")
    assert judged(settings, text.removeprefix("version: 1\n")).diagnostics == ()
    assert format_file(text, "a.yaml") == text


def test_formatting_moves_what_it_can(judged: Judge) -> None:
    text = (
        f"version: 1\nsegments:\n  s:\n    publish: [tag]\n    {IGNORE} LINT503: {WHY}\n    rule: {DOUBLE}\n"
    )
    assert format_file(text, "a.yaml") == (
        f"version: 1\nsegments:\n  s:\n    {IGNORE} LINT503: {WHY}\n    rule: {DOUBLE}\n    publish: [tag]\n"
    )
