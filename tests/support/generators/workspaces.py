"""Generated workspaces: what people and programs make in Intercom over the years, as calls of its API."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from intercom_iac.sandbox import Request, Sandbox, SegmentExistsError, SegmentNameError, add_segment

NAMES = [
    "plan",
    "plan_type",
    "Plan Type",
    "planType",
    "hs_owner",
    "hs_score",
    "no",
    "12",
    "Größe",
    "план",
    "計画",
    "خطة",
    "role in team",
    "a-b, c",
    "x" * 190,
]
TEXTS = [
    "",
    "plain",
    "a: b # c",
    "#x",
    'it\'s "both"',
    "${NAME} and $${NAME}",
    "two\nlines",
    "two\nlines\n\n  indented\n",
    "\ttabs\t",
    "é😀 and \u200b nothing",
    "- a",
    "x" * 255,
    "null",
]
OPTIONS = ["free", "it's", 'a "b"', "12", "true", "${X}", "a, b", "é😀", "#x", "y" * 200]
# Of any event and segment: nothing refuses them but the specs.
WORDS = [*NAMES, "Signed Up", "order.placed", "a$b", "'quoted'", "${X}", "tab\there", "a: b # c", "`tick`"]
_TYPES = ["string", "integer", "float", "boolean", "date", "options"]
_SENT = {"string": "x", "integer": 3, "float": 1.5, "boolean": True, "when_date": 1_700_000_000}


@dataclass(frozen=True)
class GeneratedWorkspace:
    """Calls that fill a workspace, in their order; Intercom may refuse some. `segments` are built by hand."""

    attributes: list[dict[str, Any]]
    archived: list[str]
    calls: list[tuple[str, dict[str, Any]]]
    segments: list[str]

    def fill(self, file: Path) -> None:
        """Fills the embedded workspace in a file, which is made."""
        with Sandbox(file) as sandbox:
            for body in self.attributes:
                status, made = _call(sandbox, "POST", "/data_attributes", body)
                if status == HTTPStatus.OK and body["name"] in self.archived:
                    _call(sandbox, "PUT", f"/data_attributes/{made['id']}", {"archived": True})
            for path, body in self.calls:
                _call(sandbox, "POST", path, body)
            for name in self.segments:
                with suppress(SegmentNameError, SegmentExistsError):
                    add_segment(sandbox, name)


def _call(sandbox: Sandbox, method: str, path: str, body: dict[str, Any]) -> tuple[int, Any]:
    headers = {"authorization": "Bearer any"}
    answer = sandbox.handle(Request(method, path, headers=headers, body=json.dumps(body).encode()))
    return answer.status, json.loads(answer.body or b"null")


@st.composite
def _attributes(draw: st.DrawFn) -> list[dict[str, Any]]:
    bodies: list[dict[str, Any]] = []
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=8)):
        kind = draw(st.sampled_from(_TYPES))
        body: dict[str, Any] = {
            "name": name,
            "model": draw(st.sampled_from(["contact", "company"])),
            "data_type": "string" if kind == "options" else kind,
            "description": draw(st.sampled_from(TEXTS)),
            "messenger_writable": draw(st.booleans()),
        }
        if kind == "options":
            options = draw(st.lists(st.sampled_from(OPTIONS), min_size=2, max_size=5, unique=True))
            body["options"] = [{"value": value} for value in options]
        bodies.append(body)
    return bodies


@st.composite
def _audiences(draw: st.DrawFn, attributes: list[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    predicates: list[dict[str, str]] = []
    for attribute in draw(st.lists(st.sampled_from(attributes), max_size=2)) if attributes else []:
        prefix = "company." if attribute["model"] == "company" else ""
        predicates.append(
            {
                "attribute": f"{prefix}custom_attributes.{attribute['name']}",
                "type": draw(st.sampled_from([attribute["data_type"], attribute["data_type"], "string"])),
                "comparison": draw(st.sampled_from(["eq", "ne", "gt", "lt", "contains", "regex"])),
                "value": draw(st.sampled_from(["free", "it's", "3", "1", "true", "false", "${X}", "a, b"])),
            }
        )
    roles = draw(st.lists(st.sampled_from(["user", "lead"]), unique=True, max_size=2))
    filters = [{"attribute": "role", "type": "role", "comparison": "eq", "value": role} for role in roles]
    name = draw(st.sampled_from(WORDS))
    return "/audiences", {"name": name, "predicates": predicates, "role_predicates": filters}


@st.composite
def workspaces(draw: st.DrawFn) -> GeneratedWorkspace:
    """Attributes of all types, some archived; audiences, tags, segments; events of one person; names of all kinds."""
    attributes = draw(_attributes())
    names = [attribute["name"] for attribute in attributes]
    events = [
        {
            "event_name": name,
            "created_at": int(time.time()) - number,
            "user_id": "1",
            "metadata": draw(st.fixed_dictionaries({}, optional={key: st.just(_SENT[key]) for key in _SENT})),
        }
        for number, name in enumerate(draw(st.lists(st.sampled_from(WORDS), max_size=4)))
    ]
    return GeneratedWorkspace(
        attributes=attributes,
        archived=draw(st.lists(st.sampled_from(names), unique=True, max_size=3)) if names else [],
        calls=[
            *draw(st.lists(_audiences(attributes), max_size=3)),
            *(("/tags", {"name": name}) for name in draw(st.lists(st.sampled_from(WORDS), max_size=2))),
            ("/contacts", {"role": "user", "external_id": "1"}),
            *(("/events", event) for event in events),
        ],
        segments=draw(st.lists(st.sampled_from(WORDS), unique=True, max_size=3)),
    )
