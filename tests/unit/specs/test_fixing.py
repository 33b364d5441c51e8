"""Fixes applied to specs: what becomes of the text, and what is left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from intercom_iac.diagnostics import Code, Diagnostic, Edit, Fix, all_codes, safe_fix, unsafe_fix
from intercom_iac.model.limits import MAX_ATTRIBUTES
from intercom_iac.project import Project
from intercom_iac.specs import Loaded, fixing_files
from intercom_iac.specs.fixing import MAX_PASSES, MAX_TRIALS, Fixed, fix, splice_fixes, without_overlaps
from intercom_iac.specs.fixing_files import fix_project
from intercom_iac.specs.load.loading import load_every_workspace
from intercom_iac.text import SourceFile, Span

ATTRIBUTES = """\
  contact:
    plan: {type: options, options: [free, pro, two words]}
    nick: {type: string}
    flag: {type: boolean}
    day: {type: date}
  company:
    seats: {type: integer}
"""
SPECS = f"version: 1\nattributes:\n{ATTRIBUTES}"


def fixed(folder: Path, text: str, *, unsafe: bool = False, project: str = "version: 1\n") -> Fixed:
    (folder / "specs").mkdir(parents=True)
    (folder / "intercom-iac.yaml").write_text(project, "utf-8")
    (folder / "specs/a.yaml").write_bytes(text.encode())
    return fix_project(folder / "intercom-iac.yaml", {}, unsafe=unsafe)


def after(found: Fixed, path: str = "specs/a.yaml") -> str | None:
    return next((file.after for file in found.files if file.path == path), None)


def rule(folder: Path, text: str, *, unsafe: bool = False) -> str | None:
    """What becomes of a rule that stands in a block; None where nothing does."""
    found = fixed(folder, f"{SPECS}segments:\n  s:\n    name: S\n    rule: |\n      {text}\n", unsafe=unsafe)
    text_after = after(found)
    return None if text_after is None else text_after.splitlines()[-1].strip()


# --- entries ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("nick: {tpye: string}", "nick: {type: string}"),
        ("nick: {Type: string}", "nick: {type: string}"),
        ("nick: {type: string, messenger_writeable: true}", "nick: {type: string, messenger_writable: true}"),
        ("nick: {type: string, messenger-writable: yes}", "nick: {type: string, messenger_writable: true}"),
        ("nick: {type: 'String'}", "nick: {type: 'string'}"),
        ("nick: {type: int}  # why", "nick: {type: integer}  # why"),
        ("nick: {type: string, owners: me}", "nick: {type: string, owner: me}"),
        ("nick: {type: bool}", "nick: {type: boolean}"),
        ("nick: string", "nick: {type: string}"),
        (
            "nick: {type: options, options: [1, 'b', true]}",
            'nick: {type: options, options: ["1", \'b\', "true"]}',
        ),
        ("nick: {type: string, description: 12}", 'nick: {type: string, description: "12"}'),
        (
            "nick: {type: string, description: set (by us, daily)}",
            'nick: {type: string, description: "set (by us, daily)"}',
        ),
        ("nick: {type: string, description: a\u200bb}", 'nick: {type: string, description: "a\\u200bb"}'),
    ],
)
def test_what_is_certain_is_fixed(wrong: str, right: str, tmp_path: Path) -> None:
    found = fixed(tmp_path, f"# top\nversion: 1\nattributes:\n  contact:\n    {wrong}\n")
    assert after(found) == f"# top\nversion: 1\nattributes:\n  contact:\n    {right}\n"
    assert not found.diagnostics


@pytest.mark.parametrize(
    "guess",
    [
        "nick: {type: number}",
        "nick: {type: string, desc: me}",
        "nick: {type: options, options: a b}",
    ],
)
def test_what_is_a_guess_is_left(guess: str, tmp_path: Path) -> None:
    found = fixed(tmp_path, f"version: 1\nattributes:\n  contact:\n    {guess}\n")
    assert found.files == ()
    assert found.diagnostics


def test_the_version_goes_to_the_top_with_the_line_ends_of_the_file(tmp_path: Path) -> None:
    found = fixed(tmp_path, "# why\r\nevents:\r\n  paid: {}\r\n")
    assert after(found) == "# why\r\nversion: 1\r\nevents:\r\n  paid: {}\r\n"


def test_text_that_cannot_begin_so_gets_quotes(tmp_path: Path) -> None:
    text = "version: 1\nevents:\n  paid:\n    description: @us, 'daily'  # why\n    owner: x\n"
    assert after(fixed(tmp_path, text)) == text.replace("@us, 'daily'", "\"@us, 'daily'\"")


@pytest.mark.parametrize("below", ["      more", "      - x"])
def test_text_that_goes_on_below_gets_none(below: str, tmp_path: Path) -> None:
    text = f"version: 1\nevents:\n  paid:\n    description: @us\n{below}\n"
    assert fixed(tmp_path, text).files == ()


# --- rules --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("day within 3 days", "day within next 3 days"),
        ("day WITHIN 3 days", "day WITHIN next 3 days"),
        ("plan = Pro", "plan = pro"),
        ("plan = 'Two Words'", "plan = 'two words'"),
        ("plan === pro", "plan = pro"),
        ("plan !== pro", "plan != pro"),
        ("plan ≠ pro", "plan != pro"),
        ("plan = “pro”", "plan = 'pro'"),
        ("nick = 5", "nick = '5'"),
        ("flag is yes", "flag = true"),
        ("day before 3 days ago", "day more than 3 days ago"),
        ("day more than 2026-01-31", "day after 2026-01-31"),
        ("day = now", "day = today"),
        ("not not plan = pro", "plan = pro"),
        ("company(company.seats > 3)", "company(seats > 3)"),
        ("nick like '%x%'", "nick contains x"),
        ("nick like '%it''s%'", 'nick contains "it\'s"'),
        ('nick contains any of ("a, b", c)', "nick contains 'a, b' or nick contains c"),
    ],
)
def test_rules_are_fixed(wrong: str, right: str, tmp_path: Path) -> None:
    assert rule(tmp_path, wrong) == right


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("plam = pro", "plan = pro"),
        ("plan = pros", "plan = pro"),
        ("seats > 3", "company.seats > 3"),
        ("nick = null", "nick is unknown"),
        ("nick = yes", "nick = 'yes'"),
        ("tag null", "tag 'null'"),
        ("nick like x", "nick contains x"),
        ("nick is like 'x'", "nick contains x"),
    ],
)
def test_guesses_are_made_where_they_are_asked_for(wrong: str, right: str, tmp_path: Path) -> None:
    assert rule(tmp_path / "safe", wrong) is None
    assert rule(tmp_path / "unsafe", wrong, unsafe=True) == right


def test_an_edit_of_a_rule_with_a_tag_is_made_behind_the_tag(tmp_path: Path) -> None:
    found = fixed(tmp_path, f"{SPECS}segments:\n  s:\n    name: S\n    rule: !!str plan = Pro\n")
    assert after(found) == f"{SPECS}segments:\n  s:\n    name: S\n    rule: !!str plan = pro\n"


def test_a_parenthesis_in_quotes_does_not_end_a_list(tmp_path: Path) -> None:
    wrong = 'nick contains any of ("a)", b)'
    assert rule(tmp_path, wrong, unsafe=True) == "nick contains 'a)' or nick contains b"


@pytest.mark.parametrize(
    "wrong",
    [
        "{typ: string, tpye: integer}",
        "{TYPE: string, tpye: integer}",
        "{type: string, description: x (a,\n      # why\n      b)}",
        "{type: string, description: x (a, 'b') # why (c, 'd')\n      }",
    ],
)
def test_what_can_be_read_in_two_ways_is_left(wrong: str, tmp_path: Path) -> None:
    text = f"version: 1\nattributes:\n  contact:\n    nick: {wrong}\n"
    assert fixed(tmp_path, text, unsafe=True).files == ()


def test_quotes_go_around_the_nearest_text_that_a_comma_ends(tmp_path: Path) -> None:
    text = "version: 1\nattributes:\n  contact:\n    nick: {type: string, description: x (a, 'b')}\n"
    assert after(fixed(tmp_path, text)) == text.replace("x (a, 'b')", "\"x (a, 'b')\"")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("rule: nick = 5 and plan = Pro", "rule: nick = '5' and plan = pro"),
        ("rule: 'nick = 5'", "rule: 'nick = ''5'''"),
        ('rule: "nick = 5"', "rule: \"nick = '5'\""),
        ("rule: plan = Pro\n      and flag", "rule: plan = pro\n      and flag"),
        ("rule: >\n      nick = 5\n      and flag", "rule: >\n      nick = '5'\n      and flag"),
        ("rule: 5 = nick", "rule: nick = '5'"),
        (r'rule: "plan = \"Pro\""', "rule: \"plan = 'pro'\""),
        (r'rule: "nick = \u201cx\u201d"', "rule: \"nick = 'x'\""),
        (r'rule: "nick = \u201ca\u2028b\u201d"', None),
        ("rule: 'plan = ''Pro'''", "rule: 'plan = ''pro'''"),
    ],
)
def test_edits_are_written_as_yaml_holds_the_rule(wrong: str, right: str | None, tmp_path: Path) -> None:
    found = fixed(tmp_path, f"{SPECS}segments:\n  s:\n    name: S\n    {wrong}\n")
    assert after(found) == (None if right is None else f"{SPECS}segments:\n  s:\n    name: S\n    {right}\n")


def test_a_name_that_needs_quotes_in_yaml_gets_them(tmp_path: Path) -> None:
    text = "version: 1\nattributes: {contact: {'a: b': {type: boolean}}}\nsegments:\n  s: {name: S, rule: '`a: c`'}\n"
    assert after(fixed(tmp_path, text, unsafe=True)) == text.replace("a: c", "a: b")
    plain = text.replace("'`a: c`'", "flag or `a-b`")
    found = fixed(tmp_path / "plain", plain, unsafe=True)
    assert after(found) in (None, plain.replace("flag or `a-b`", '"flag or `a: b`"'))


def test_variables_are_not_written_out(tmp_path: Path) -> None:
    project = "version: 1\nvariables: {PLAN: {default: Pro}}\n"
    text = f"{SPECS}segments:\n  s: {{name: S, rule: 'plan = ${{PLAN}}'}}\n"
    found = fixed(tmp_path, text, unsafe=True, project=project)
    assert found.files == ()
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["TYPE303"]


def test_what_holds_for_one_workspace_alone_is_a_guess(tmp_path: Path) -> None:
    project = "version: 1\nworkspaces: {a: {sandbox: a.db}, b: {sandbox: b.db}}\ndefault_workspace: a\n"
    text = f"{SPECS}    plan_b: {{type: options, options: [Pro], only: [b]}}\n" + (
        "segments:\n  s: {name: S, rule: plan = Pro, only: [a]}\n"
    )
    found = fixed(tmp_path, text, project=project)
    assert found.files == ()
    assert found.unsafe == 1


# --- silences -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_silence_that_silences_nothing_goes(end: str, tmp_path: Path) -> None:
    mark = "# intercom-iac: ignore LINT551: "
    lines = ["version: 1", "events:", f"  {mark}a", "  # b", f"  paid: {{}}  # why {mark}c", "  # end", ""]
    left = ["version: 1", "events:", "  # b", "  paid: {}  # why", "  # end", ""]
    assert after(fixed(tmp_path, end.join(lines))) == end.join(left)


# --- the project file ---------------------------------------------------------------------------------------


def test_the_project_file_is_fixed_first(tmp_path: Path) -> None:
    project = "version: 1\nreleas: v1.2.3  # by hand\n"
    found = fixed(tmp_path, "events:\n  paid: {}\n", project=project)
    assert after(found, "intercom-iac.yaml") == "version: 1\nrelease: 1.2.3  # by hand\n"
    assert after(found) == "version: 1\nevents:\n  paid: {}\n"
    assert not found.diagnostics


def test_specs_wait_for_a_project_file_that_is_right(tmp_path: Path) -> None:
    found = fixed(tmp_path, "events:\n  paid: {}\n", project="version: 1\nnonsense: 1\n")
    assert found.files == ()
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["SPEC121"]


def test_a_file_with_a_secret_is_not_touched(tmp_path: Path) -> None:
    project = (
        "version: 1\nreleas: 1.2.3\nworkspaces:\n  a: {sandbox: a.db, token: dG9rOjEyMzQ1Njc4OTBhYmNkZWY=}\n"
    )
    assert fixed(tmp_path, "version: 1\n", project=project).files == ()


# --- the engine ---------------------------------------------------------------------------------------------

FILE = SourceFile("a", "one two three")


def wrong(start: int, end: int, text: str, *, safe: bool = True, code: str = "SPEC101") -> Diagnostic:
    edit = Edit(Span(FILE, start, end), text)
    return Diagnostic(
        code, f"{start}", Span(FILE, start, end), fix=safe_fix(edit) if safe else unsafe_fix(edit)
    )


def test_of_fixes_that_touch_the_same_characters_the_first_is_made() -> None:
    first, second, third = wrong(0, 3, "1"), wrong(2, 5, "x"), wrong(8, 13, "3")
    chosen = without_overlaps([first, second, third])
    assert chosen == [first, third]
    assert splice_fixes(FILE, [found.fix for found in chosen if found.fix]) == "1 two 3"


def test_two_insertions_at_one_place_are_not_made_together() -> None:
    assert len(without_overlaps([wrong(3, 3, "x"), wrong(3, 3, "y")])) == 1


def test_edits_that_belong_together_are_all_made_or_none() -> None:
    edits = (Edit(Span(FILE, 0, 3), "1"), Edit(Span(FILE, 8, 13), "3"))
    pair = Diagnostic("SPEC101", "x", Span(FILE, 0, 3), fix=Fix(edits, "safe"))
    assert without_overlaps([wrong(8, 9, "x"), pair]) == [wrong(8, 9, "x")]


def test_a_fix_that_does_harm_is_taken_back_and_the_others_stay() -> None:
    good, bad = wrong(0, 3, "1"), wrong(4, 7, "BAD")

    def diagnose(texts: Mapping[str, str]) -> Sequence[Diagnostic]:
        text = texts.get("a", FILE.text)
        left = [found for found, word in ((good, "one"), (bad, "two")) if word in text]
        return [*left, *(Diagnostic("SPEC102", f"worse {n}") for n in range(2 * ("BAD" in text)))]

    found = fix(diagnose)
    assert [file.after for file in found.files] == ["1 two three"]
    assert (found.applied, found.diagnostics) == (1, (bad,))


@pytest.mark.parametrize("count", [1, 2, 300])
def test_harm_among_many_fixes_is_looked_for_with_few_checks(count: int) -> None:
    """Each fix uncovers an error of its own stage, which might be harm that another one does."""
    asked = 0
    text = "x " * count

    def diagnose(texts: Mapping[str, str]) -> Sequence[Diagnostic]:
        nonlocal asked
        asked += 1
        file = SourceFile("a", texts.get("a", text))
        spans = [Span(file, 2 * at, 2 * at + 1) for at in range(count)]
        return [
            Diagnostic("SPEC101", f"x {at}", span, fix=safe_fix(Edit(span, "y")))
            if span.text == "x"
            else Diagnostic("SPEC120", f"y {at}", span)
            for at, span in enumerate(spans)
        ]

    assert after(fix(diagnose), "a") == "y " * count
    assert asked < 2 * MAX_TRIALS + 10


def test_what_a_fix_uncovers_is_no_harm(tmp_path: Path) -> None:
    text = f"{SPECS}    x: {{type: string, description: @us}}\nsegments:\n  s: {{name: S, rule: a = 1 or b = 2}}\n"
    text = text.replace("{type: string, description: @us}", "\n      type: string\n      description: @us")
    found = fixed(tmp_path, text)
    assert after(found) == text.replace("@us", '"@us"')
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["REF401", "REF401"]


def test_that_fixed_entries_are_too_many_for_a_workspace_is_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = MAX_ATTRIBUTES + 1
    entries = "".join(f"    a_{number}: {{tpye: string}}\n" for number in range(count))
    asked = 0

    def count_loads(project: Project) -> dict[str, Loaded]:
        nonlocal asked
        asked += 1
        return load_every_workspace(project)

    monkeypatch.setattr(fixing_files, "load_every_workspace", count_loads)
    found = fixed(tmp_path, f"version: 1\nattributes:\n  contact:\n{entries}")
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["SPEC137"]
    assert (found.applied, asked) == (count, 2)


def test_a_fix_that_was_refused_in_one_place_is_made_in_another(tmp_path: Path) -> None:
    rules = (
        "segments:\n  s: {name: S, rule: x = A and x ≠ A}\n  t: {name: T, rule: nick = 5 and plan ≠ free}\n"
    )
    found = fixed(tmp_path, f"{SPECS}{rules}")
    assert after(found) == f"{SPECS}{rules}".replace("≠", "!=").replace("nick = 5", "nick = '5'")


def test_a_fix_that_does_not_help_is_not_made_again_and_again() -> None:
    asked = 0

    def diagnose(texts: Mapping[str, str]) -> Sequence[Diagnostic]:
        nonlocal asked
        asked += 1
        file = SourceFile("a", texts.get("a", FILE.text))
        at = Span(file, 0, 0)
        return [Diagnostic("SPEC101", "x", at, fix=safe_fix(Edit(at, "x")))]

    assert fix(diagnose).files == ()
    assert asked < MAX_PASSES


# --- every code's example -----------------------------------------------------------------------------------

CODES = [
    code
    for code in all_codes().values()
    if code.wrong.run == "check" and not code.wrong.before and not code.wrong.environment
]


def example(folder: Path, code: Code) -> Path:
    """The project file of a code's wrong example."""
    for name, text in {"intercom-iac.yaml": "version: 1\n", **code.wrong.files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", errors="surrogateescape"))
    return folder / "intercom-iac.yaml"


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
def test_fixing_an_example_removes_what_is_fixed_and_adds_nothing(code: Code, tmp_path: Path) -> None:
    project = example(tmp_path, code)
    first = fix_project(project, {}, unsafe=True)
    for file in first.files:
        (tmp_path / file.path).write_bytes(file.after.encode())
    if first.files:
        assert code.id not in [diagnostic.code for diagnostic in first.diagnostics]
        assert not [diagnostic for diagnostic in first.diagnostics if diagnostic.is_error]
    again = fix_project(project, {}, unsafe=True)
    assert again.files == ()
    assert again.diagnostics == first.diagnostics


# Each code whose example `check --fix` mends, and each whose example only `--unsafe-fixes` does.
SAFE = """
    LINT502 LINT503 LINT571 LINT578 PARSE206 PARSE210 REF455 SPEC120 SPEC121 SPEC147 SPEC153 SPEC155 SPEC163 TYPE309
"""
GUESSES = """
    LINT507 LINT508 LINT541 LINT542 LINT546 LINT548 LINT549 LINT564 LINT565 LINT567 PARSE201 PARSE202 PARSE203 REF401
    REF402 REF403 REF405 SPEC142 SPEC164 SPEC170 SPEC172 SPEC176 SPEC177 SPEC196 SYNC194 TYPE303 TYPE307
"""


def test_the_examples_of_these_codes_have_a_fix(tmp_path: Path) -> None:
    def has_one(code: Code, *, unsafe: bool) -> bool:
        return fix_project(example(tmp_path / f"{code.id}{unsafe}", code), {}, unsafe=unsafe).applied > 0

    guessed = {code.id for code in CODES if has_one(code, unsafe=True)}
    safe = {code.id for code in CODES if code.id in guessed and has_one(code, unsafe=False)}
    assert sorted(safe) == SAFE.split()
    assert sorted(guessed - safe) == GUESSES.split()
