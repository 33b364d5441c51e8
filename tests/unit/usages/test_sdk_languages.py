"""What tests/golden/usages does not show: generated Python, hostile files, places."""

from __future__ import annotations

import random

import pytest

from intercom_iac.text import Span
from intercom_iac.usages import CodeFile, language_of
from support.code_scans import judge_code, mistakes_of, unknowns_of, uses_of

GENERATED = """
from generated.python import IntercomData, ContactAttributes, CompanyAttributes as Firm
from generated.python import signed_up, feature_first_used
data = IntercomData(token)
"""


def test_calls_of_generated_python() -> None:
    code = GENERATED + (
        "attributes = ContactAttributes(plan_type='pro', trial_end_date=datetime.now(), email=e)\n"
        "data.contacts.update(attributes, external_id=u)\n"
        "data.contacts.update(external_id=u, attributes=ContactAttributes(score=1))\n"
        "data.companies.update(Firm(region='eu'), company_id='c')\n"
        "data.events.send(signed_up(), external_id=u)\n"
        "data.events.send(feature_first_used(feature_name='x', price=3), external_id=u)\n"
    )
    judgement = judge_code("app.py", code)
    assert mistakes_of(judgement) == []
    assert unknowns_of(judgement) == []
    assert uses_of(judgement) == [
        "send plan_type",
        "send trial_end_date",
        "send score",
        "send region",
        "send signed-up",
        "send feature_first_used",
    ]


def test_generated_python_by_its_module() -> None:
    code = "from generated import python as data\ndata.ContactAttributes(plan_type='gold')"
    assert mistakes_of(judge_code("app.py", code)) == ["PAYL905 gold"]


PATHS = ("a.py", "a.rb", "a.go", "a.php", "A.java", "a.kt", "a.html", "a.html.erb", "a.vue")
# Each holds Intercom's name, so that it is read, and a record that is one.
FRAMES = {
    "a.py": "intercom.events.create(event_name='signed-up', metadata={})\n",
    "a.rb": "intercom.events.create(event_name: 'signed-up', metadata: {})\n",
    "a.go": 'package p\nfunc f() { intercom.Events.Save(&intercom.Event{EventName: "signed-up"}) }\n',
    "a.php": "<?php $intercom->events->create(['event_name' => 'signed-up']);\n",
    "A.java": 'class A { void f() { Intercom.client().logEvent("signed-up"); } }\n',
    "a.kt": 'fun f() { Intercom.client().logEvent("signed-up") }\n',
    "a.html": "<script>Intercom('trackEvent', 'signed-up')</script>\n",
    "a.html.erb": "<script>Intercom('trackEvent', 'signed-up')</script>\n",
    "a.vue": "<script>Intercom('trackEvent', 'signed-up')</script>\n",
}
HOSTILE = {
    "a deep record": "{'a': " * 1_500 + "}" * 1_500,
    "a deep array": "[" * 2_000 + "]" * 2_000,
    "open brackets": "f({ event_name: [" * 500,
    "a long chain": "x" + ".custom_attributes['a']" * 600,
    "calls of calls": "x" + "(1)" * 1_500,
    "a long sum": "x = " + " + ".join(["x"] * 3_000),
    "itself": "x = x\nx['a'] = x\ncreate(x)\n",
    "control characters": "\x01\x1b[31m\u202e\U0001f600\u0298",
    "templates": "<% {{ {% <? <!-- <script <script>" * 200,
    "numbers": "9" * 5_000 + " 1e999 0x 0b2 08 1__0",
    "escapes": "'\\u{110000} \\x \\' \"\\u12\"",
}


@pytest.mark.parametrize("path", PATHS)
def test_a_hostile_rest_hides_nothing_before_it(path: str) -> None:
    for rest in HOSTILE.values():
        assert uses_of(judge_code(path, FRAMES[path] + rest)) == ["send signed-up"], rest[:40]


@pytest.mark.parametrize("path", PATHS)
def test_no_file_stops_the_scan(path: str) -> None:
    """Pieces of all languages in any order, cut anywhere."""
    pieces = [
        *FRAMES.values(),
        *(text[:200] for text in HOSTILE.values()),
        "\n",
        "end",
        "}",
        "'",
        '"',
        "<%=",
        "%>",
    ]
    shuffled = random.Random(path)
    for _ in range(40):
        text = "intercom " + "".join(shuffled.choices(pieces, k=8))
        judge_code(path, text[: shuffled.randrange(len(text))])


@pytest.mark.parametrize("path", PATHS)
def test_places_count_characters(path: str) -> None:
    text = FRAMES[path].replace("signed-up", "é😀 up")
    [mistake] = judge_code(path, text).mistakes
    assert mistake.span is not None
    assert mistake.span.text.strip("\"'") == "é😀 up"


@pytest.mark.parametrize("path", ["a.py", "a.rb", "a.go", "a.php", "A.java", "a.kt", "a.vue"])
def test_what_is_not_understood_is_told(path: str) -> None:
    language = language_of(path)
    assert language is not None
    text = FRAMES[path].replace("<script>", "<script>)(} ;") if path == "a.vue" else FRAMES[path] + ")(} ]{"
    assert language.reader()(CodeFile(path, text.encode())).unread


def test_a_variable_stands_for_what_it_holds_at_most_once_where_that_is_much() -> None:
    """What is sent is never much larger than the code."""
    entries = "".join(f"m['k{number}'] = m\n" for number in range(200))
    code = f"m = {{}}\n{entries}" + "intercom.events.create(event_name='signed-up', metadata=m)\n" * 200
    judgement = judge_code("a.py", code)
    assert len(uses_of(judgement)) == 200
    assert len(unknowns_of(judgement)) == 199


NESTED = {
    "a.php": ("<?php intercom(", "['a' => ", "]"),
    "A.java": ("class A { void f() { intercom.g(", 'Map.of("a", ', ")"),
    "a.kt": ("fun f() { intercom.g(", 'mapOf("a" to ', ")"),
    "a.py": ("intercom(", "{'a': ", "}"),
    "a.rb": ("intercom(", "{'a' => ", "}"),
    "a.go": ("package p\nfunc f() { intercom.g(", 'map[string]any{"a": ', "}"),
}


@pytest.mark.parametrize("path", NESTED)
def test_records_in_records_are_not_read_again_and_again(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each record of a file may be Intercom's; its keys tell that it is not, without all that is in it."""
    places: list[int] = []
    span = CodeFile.span

    def counted(file: CodeFile, start: int, end: int) -> Span:
        places.append(start)
        return span(file, start, end)

    monkeypatch.setattr(CodeFile, "span", counted)
    head, opening, closing = NESTED[path]
    judge_code(path, head + opening * 200 + "1" + closing * 200)
    assert len(places) < 12 * 200


def test_a_variable_holds_the_same_wherever_it_is_named() -> None:
    """Named first deep within a record, where values are no longer looked into, it is not less for that."""
    deep = "{'name': " * 7 + "plan" + "}" * 7
    code = (
        "plan = {'custom_attributes': {'plan_type': 'gold'}}\n"
        f"intercom.contacts.update({deep})\n"
        "intercom.contacts.update(plan)\n"
    )
    assert "PAYL905 gold" in mistakes_of(judge_code("a.py", code))


OF_OTHERS = {
    "a.py": "logger.info('intercom', extra={'event_name': 'x'})",
    "a.rb": "Log.info('intercom', { event_name: 'x' })",
    "a.go": 'package p\nfunc f() { audit.Save("intercom", &audit.Event{EventName: "x"}) }',
    "a.php": "<?php Log::info('intercom', ['event_name' => 'x', 'created_at' => now()->timestamp]);",
    "A.java": 'class A { void f() { log.info("intercom", AuditEvent.builder().eventName("x").build()); } }',
    "a.kt": 'fun f() { log.info("intercom", mapOf("event_name" to "x")) }',
}


@pytest.mark.parametrize("path", OF_OTHERS)
def test_an_event_that_may_be_of_another_product_is_a_warning(path: str) -> None:
    [mistake] = judge_code(path, OF_OTHERS[path]).mistakes
    assert (mistake.code, mistake.severity) == ("PAYL902", "warning")
    [mistake] = judge_code(path, FRAMES[path].replace("signed-up", "x")).mistakes
    assert (mistake.code, mistake.severity) == ("PAYL902", "error")


@pytest.mark.parametrize("path", [*(path for path in FRAMES if path not in ("a.php", "a.html.erb")), "a.js"])
def test_a_long_row_of_brackets_is_not_sought_by_queries(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They take the square of its length: minutes for a file of 200 kB."""

    def refused(*_: object) -> None:
        raise AssertionError("a query")

    text = FRAMES.get(path, "Intercom('trackEvent', 'signed-up');\n")
    text = text.replace("</script>", "[" * 2_000 + "</script>") if "</script>" in text else text + "[" * 2_000
    monkeypatch.setattr("tree_sitter.QueryCursor", refused)
    assert uses_of(judge_code(path, text)) == ["send signed-up"]
