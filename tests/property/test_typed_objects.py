"""Objects that are decoded many at once are those that are parsed one by one, whatever the lines are."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intercom_iac.compilers import parts_evaluator
from intercom_iac.diagnostics import Misuse
from intercom_iac.model import reads_tags
from intercom_iac.preview import Files, people, read_keys, required_lists, truncated_lists
from intercom_iac.preview.json import lines as json_lines
from intercom_iac.preview.json.keys import Keys
from intercom_iac.preview.json.lines import parse_line
from intercom_iac.preview.json.typed_objects import TypedObjects
from support.generators import examples
from support.preview_cases import NOW, ROME, RULES, TODAY, rule

KEYS = Keys(
    values=("id", "email", "plan", "a/b"),
    objects={
        "custom_attributes": Keys(values=("plan", "id")),
        "companies": Keys(values=("has_more",), lists={"data": Keys(values=("id",))}),
    },
)
NAMES = (
    "id",
    "email",
    "plan",
    "é",
    "a/b",
    "custom_attributes",
    "companies",
    "data",
    "has_more",
    "other",
    ":",
    "",
)
SCALARS = (
    *(
        '"c1"',
        '"plan"',
        '"7"',
        '""',
        '"a, \\"id\\": 1"',
        '"\\ud83d\\ude00"',
        '"\\ud800"',
        '"\\u0069d"',
        '"\\\\"',
        '"}{"',
    ),
    *(
        "7",
        "-0",
        "-0.0",
        "1.0",
        "1e5",
        "1e400",
        "18446744073709551616",
        "0.1",
        "true",
        "false",
        "null",
        "[]",
        "{}",
    ),
)
BROKEN = (
    "NaN",
    "-Infinity",
    "01",
    "1.",
    "tru",
    '"\\x"',
    '"\t"',
    '"',
    "[1,]",
    "{",
    "",
    "[" * 2000,
    "1" * 5000,
)


def escaped(name: str) -> str:
    return "".join(f"\\u{ord(letter):04x}" for letter in name[:1]) + name[1:]


@st.composite
def objects(draw: st.DrawFn, depth: int = 2) -> str:
    """The text of an object: keys may stand twice, be spelled with escapes, and have anything under them."""
    members: list[str] = [f'"id":"c{draw(st.integers(0, 9))}"'] if draw(st.booleans()) else []
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=5)):
        spelled = escaped(name) if draw(st.integers(0, 19)) == 7 else name
        below = draw(st.integers(0, 2)) if depth else 0
        if below == 1:
            value = draw(objects(depth - 1))
        elif below == 2:
            value = f"[{', '.join(draw(st.lists(objects(depth - 1), max_size=2)))}]"
        else:
            value = draw(st.sampled_from(SCALARS))
        members.append(f'"{spelled}"{draw(st.sampled_from((":", ": ", " : ")))}{value}')
    return "{" + draw(st.sampled_from((",", ", "))).join(members) + "}"


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """A file: objects on lines, most of which are as they should be."""
    lines = draw(st.lists(objects(), min_size=1, max_size=6))
    at = draw(st.integers(0, len(lines) - 1))
    match draw(st.integers(0, 11)):
        case 0:
            lines[at] += lines[0]
        case 1:
            lines[at] = lines[at].replace(":", ":\n", 1)
        case 2:
            lines[at] = '{"id": "x", "other": ' + draw(st.sampled_from(BROKEN)) + "}"
        case 3:
            lines[at] = lines[at][:-1]
        case 4:
            lines[at] = draw(st.sampled_from(("", " ", "\u00a0", "5", "[]", "null", "\ufeff{}")))
        case 5:
            return "\r\n".join(lines).encode()
        case 6:
            return "\n".join(lines).encode() + draw(
                st.sampled_from((b"\xff", b'\n{"other":"\xff"}', b"\r{}"))
            )
        case 7:
            return b"\xef\xbb\xbf" + "\n\n".join(lines).encode()
        case _:
            pass
    return "\n".join(lines).encode() + draw(st.sampled_from((b"", b"\n")))


def one_by_one(lines: list[bytes]) -> list[dict[str, Any]] | None:
    try:
        parsed = [parse_line(line, Path("x"), 1) for line in lines]
    except Misuse:
        return None
    return [KEYS.only(one) for one in parsed if one is not None]


# One for each thing that is looked at before lines are certain.
HIDDEN = (
    b'{"id":"a","plan":1,"plan":2}\n',
    b'{"id":"a","custom_attributes":{"plan":1,"plan":2}}\n',
    b'{"id":"a","companies":{"data":[{"id":"1","id":"2"}]}}\n',
    b'{"id":"a"}\n{"id":"b","id":"c"}\n',
    b'{"id":"a\\n","id":"a\\\\n"}\n',
    b'{"other":{"id":"a"},"id":"b","id":"a"}\n',
    b'{"id":"a","pl\\u0061n":1,"plan":2}\n',
    b'{"id":"a"} {"id":"b"}\n{"other":\n{"x":1}}\n',
    b'{"id":"a","other":"\xff"}\n',
    b'{"id":"a","other":[1]}\r{"id":"b"}\n{"id":"c","other":\n[]}\n',
)


@pytest.mark.parametrize("text", HIDDEN)
def test_what_hides_in_lines_is_not_missed(text: bytes) -> None:
    lines = BytesIO(text).readlines()
    found = TypedObjects(KEYS).read(lines, text)
    assert found is None or found == one_by_one(lines)


@pytest.mark.parametrize("keys", [Keys(values=("é", "id")), Keys(objects={"é": Keys(values=("id",))})])
def test_of_a_key_in_other_letters_nothing_is_certain(keys: Keys) -> None:
    assert TypedObjects(keys).read([b'{"":{"id":"c1"}}\n'], b'{"":{"id":"c1"}}\n') is None


def test_lines_as_they_should_be_are_certain() -> None:
    text = b'{"id":"a","companies":{"data":[{"id":"k"}]},"custom_attributes":null}\n{"id":"b","x":"\\u00e9: \\""}\n'
    found = TypedObjects(KEYS).read(BytesIO(text).readlines(), text)
    assert found == [
        {"id": "a", "companies": {"data": [{"id": "k"}]}, "custom_attributes": None},
        {"id": "b"},
    ]


@examples(60)
@given(text=texts())
def test_what_is_certain_is_what_is_parsed(text: bytes) -> None:
    lines, typed = BytesIO(text).readlines(), TypedObjects(KEYS)
    for part in (lines, *([line] for line in lines)):
        found = typed.read(part, b"".join(part))
        if found is not None:
            assert repr([KEYS.only(one) for one in found]) == repr(one_by_one(part))


# Names of everything that the rules of RULES read.
CONTACT = (
    "custom_attributes",
    "plan",
    "the one/ring",
    "vip",
    "position",
    "location",
    "city",
    "companies",
    "tags",
)
EVENT = ("intercom_user_id", "event_name", "created_at", "metadata", "total", "id")
SPELLINGS = ("order.paid", "Order-Paid", "ORDER$PAID", "order.pa\u0131d", "other")


@st.composite
def people_files(draw: st.DrawFn) -> tuple[bytes, bytes, bytes]:
    """Contacts, companies and events, all sound but for one line at most; some have objects of any shape."""

    def member(name: str, value: object) -> str:
        return f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=draw(st.booleans()))}"

    def lines(
        kind: str, identifiers: list[object], odd: tuple[str, ...], known: Callable[[], list[str]]
    ) -> bytes:
        found = [
            "{" + ", ".join([member(kind, identifier), *known(), *draw(oddities(odd))]) + "}"
            for identifier in identifiers
        ]
        if draw(st.integers(0, 5)) == 3:
            found.insert(draw(st.integers(0, len(found))), draw(st.sampled_from(WRONG_LINES)))
        return "\n".join(found).encode()

    ids: list[object] = [*draw(st.permutations(("c1", "c2", "c3", "c\u00e94", 5)))]
    some = draw(st.integers(0, 9))
    if some == 3:
        ids.append("c2")
    links = [{"id": f"k{draw(st.integers(0, 3))}"} for _ in range(2)]
    attributes = {"plan": "trial", "vip": draw(st.booleans()), "the one/ring": draw(st.integers(0, 5))}
    contacts = lines(
        "id",
        ids,
        CONTACT,
        lambda: [
            member("custom_attributes", attributes),
            member("companies", {"data": links, "has_more": draw(st.booleans())}),
            member("tags", {"data": [{"id": "1", "name": "vip"}]}),
        ],
    )
    companies = lines("id", ["k1", "k2"], CONTACT, lambda: [member("custom_attributes", {"seats": 6})])
    events = lines(
        "intercom_user_id",
        draw(st.lists(st.sampled_from(ids), max_size=6)),
        EVENT,
        lambda: [
            member("event_name", draw(st.sampled_from(SPELLINGS))),
            member("created_at", NOW - draw(st.integers(0, 9)) * 86_400),
            member("metadata", {"total": draw(st.integers(2, 5))}),
        ],
    )
    return contacts, companies, events


def oddities(names: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    """Members that few objects have: of any value, and perhaps for the second time."""
    odd = st.tuples(st.sampled_from(names), st.sampled_from(SCALARS) | objects()).map(
        lambda one: f'"{one[0]}": {one[1]}'
    )
    return st.lists(odd, max_size=1) | st.just([])


WRONG_LINES = ("", "nonsense", '{"id": NaN}', '{"x": 1}', '{"id": "a"} {"id": "b"}', '{"id": "\t"}', "[]")


@example(
    files=(
        b'{"id": "c1"}\n{"id": "c2"}',
        b"",
        b'{"event_name": "other"}\n{"event_name": "order.paid", "event_name": "other", "intercom_user_id": "c1"}',
    ),
    text=RULES["never paid"],
    block=12,
)
@example(
    files=(
        b'{"id": "c1"}\n{"id": "c2"}',
        b"",
        b'{"event_name": "other"}\n'
        b'{"event_name": "order.paid", "event_n\\u0061me": "other", "intercom_user_id": "c1"}\n'
        b'{"event_n\\u0061me": "order.paid", "event_name": "other", "intercom_user_id": "c2"}',
    ),
    text=RULES["never paid"],
    block=12,
)
@examples(40)
@given(
    files=people_files(), text=st.sampled_from(sorted(RULES.values())), block=st.sampled_from((32, 300, 4000))
)
def test_a_rule_selects_the_same_people_however_they_are_read(
    files: tuple[bytes, bytes, bytes], text: str, block: int
) -> None:
    asked = rule(text)
    holds, required = parts_evaluator(asked, today=TODAY, zone=ROME), {*required_lists(asked)}
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("contacts", "companies", "events")]
        for path, content in zip(paths, files, strict=True):
            path.write_bytes(content)

        def outcome(**read: Any) -> object:
            try:
                crowd = people(Files(*paths), with_tags=reads_tags(asked), **read)
                return [
                    (contact["id"], holds(contact, *others), required & {*truncated_lists(contact)})
                    for contact, *others in crowd
                ]
            except Misuse as error:
                return error.message

        with patch.object(json_lines, "BLOCK", block):
            assert outcome(keys=read_keys(asked, today=TODAY, zone=ROME)) == outcome()
