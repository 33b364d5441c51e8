"""Single calls of the API judged by the official description: the request, and the answer to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from support.api_description import description, plain, problems

ERROR = {"$ref": "#/components/schemas/error"}
LINKED_LISTS = ("/companies", "/companies/list", "/admins/activity_logs")


@cache
def described(method: str, path: str) -> tuple[str, dict[str, Any]] | None:
    """The description's own path and its operation; where several paths fit, the one with most literal elements."""
    elements = path.rstrip("/").split("/")
    fitting: list[tuple[int, str]] = []
    for pattern in description()["paths"]:
        parts = pattern.split("/")
        if len(parts) == len(elements) and all(
            part.startswith("{") or part == element for part, element in zip(parts, elements, strict=True)
        ):
            fitting.append((pattern.count("{"), pattern))
    for _, pattern in sorted(fitting):
        operation = description()["paths"][pattern].get(method.lower())
        if operation is not None:
            return pattern, operation
    return None


def judge_request(method: str, url: str, body: bytes) -> list[str]:
    """What the description holds against a request: its path, its query's names and values, its body.

    A field that the description does not name counts as a mistake too, though its schemas let every field pass.
    """
    parts = urlsplit(url)
    found = described(method, parts.path)
    if found is None:
        return ["the description has no such call"]
    pattern, operation = found
    return [
        *_query(operation, dict(parse_qsl(parts.query, keep_blank_values=True))),
        *_path(pattern, operation, parts.path),
        *_body(operation, body),
    ]


def judge_response(method: str, url: str, status: int, content_type: str, content: bytes) -> list[str]:
    """What the description holds against an answer.

    An error whose status a call does not list is judged by the schema that all errors have: the description's prose
    names more than its lists do, such as the 404 of an event about nobody and the 409 of a contact who exists.
    """
    found = described(method, urlsplit(url).path)
    if found is None:
        return [] if status == 404 else ["the description has no such call"]
    pattern, operation = found
    listed = operation["responses"].get(str(status))
    if listed is None and status < 400:
        return [f"the status {status} is not listed"]
    schema = ERROR
    if listed is not None:
        media = listed.get("content")
        if media is None:
            return ["a body where the description has none"] if content else []
        schema = plain(media["application/json"]["schema"])
    if content_type.partition(";")[0] != "application/json":
        return [f"the content type is {content_type!r}"]
    answer = json.loads(content)
    if pattern == "/events" and status == 200 and answer.get("type") == "event.list":
        # The call's schema is that of the summary alone, though it answers with the list unless asked for one. The
        # list's schema knows text only, where the description's table of metadata types has numbers and amounts.
        schema = {"$ref": "#/components/schemas/data_event_list"}
        answer |= {"events": [_with_text_only(each) for each in answer.get("events", [])]}
    if pattern in LINKED_LISTS and isinstance((answer.get("pages") or {}).get("next"), str):
        # The schema's pages go on from a cursor; the parameters, and what is known of the answers, are of numbers
        # and links; a connector takes the log's for a link too.
        links = problems({"$ref": "#/components/schemas/pages_link"}, answer["pages"])
        return links + problems(schema, answer | {"pages": None})
    return problems(schema, answer)


def _with_text_only(event: dict[str, Any]) -> dict[str, Any]:
    metadata = event.get("metadata")
    if not isinstance(metadata, dict):
        return event
    return event | {"metadata": {key: each for key, each in metadata.items() if isinstance(each, str)}}


def _query(operation: Mapping[str, Any], query: Mapping[str, str]) -> Iterator[str]:
    named: dict[str, dict[str, Any]] = {}
    required: set[str] = set()
    for parameter in operation.get("parameters", ()):
        if parameter.get("in") != "query":
            continue
        schema = plain(parameter.get("schema", {}))
        if schema.get("type") == "object" or "oneOf" in schema:
            # An object spread over the query: one of its keys, as `user_id=1`.
            keys = {key: each for one in [schema, *schema.get("oneOf", ())] for key, each in _keys(one)}
            named |= keys
            if parameter.get("required") and not keys.keys() & query.keys():
                yield f"the query has none of {sorted(keys)}"
        else:
            named[parameter["name"]] = schema
            required |= {parameter["name"]} if parameter.get("required") else set()
    yield from (f"the query lacks {name}" for name in sorted(required - query.keys()))
    for name, value in query.items():
        if name not in named:
            yield f"the query's {name} is not named"
        else:
            yield from (f"the query's {name}: {each}" for each in problems(named[name], _typed(value)))


def _path(pattern: str, operation: Mapping[str, Any], path: str) -> Iterator[str]:
    schemas = {
        each["name"]: plain(each.get("schema", {}))
        for each in operation.get("parameters", ())
        if each.get("in") == "path"
    }
    for part, element in zip(pattern.split("/"), path.rstrip("/").split("/"), strict=True):
        if part.startswith("{"):
            schema, value = schemas.get(part[1:-1], {}), unquote(element)
            typed = _typed(value) if schema.get("type") in ("integer", "boolean") else value
            yield from (f"the path's {part}: {each}" for each in problems(schema, typed))


def _keys(schema: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return list(schema.get("properties", {}).items())


def _typed(text: str) -> Any:
    """A text of a query as the number or boolean that it spells."""
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.isdecimal() else text


def _body(operation: Mapping[str, Any], body: bytes) -> list[str]:
    media = operation.get("requestBody")
    if media is None:
        return ["a body where the description has none"] if body else []
    schema = overlapping(plain(media["content"]["application/json"]["schema"]))
    if not body:
        return ["the body is missing"] if media.get("required") else []
    sent = _sent(json.loads(body))
    named = _named(schema)
    unknown = [f"the body's {key} is not named" for key in sent if named and key not in named]
    wrong = [
        f"the body's {key} is of none of its kinds"
        for key, value in sent.items()
        if key in named and all(problems(each, value) for each in named[key])
    ]
    return problems(schema, sent) + unknown + wrong


def _sent(body: Any) -> Any:
    """The body as the description's table of metadata types has it: its schema knows text only."""
    return _with_text_only(body) if isinstance(body, dict) and "event_name" in body else body


def overlapping(schema: Any) -> Any:
    """The schema with its alternatives allowed to overlap, and what it refers to put in.

    The description's do: whatever has `options` fits both kinds of an attribute's update, and a company that is
    tagged is also a tag that is made.
    """
    if isinstance(schema, list):
        return [overlapping(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if set(schema) == {"$ref"} and "request" in schema["$ref"]:
        name = schema["$ref"].rpartition("/")[2]
        return overlapping(plain(description()["components"]["schemas"][name]))
    return {"anyOf" if key == "oneOf" else key: overlapping(each) for key, each in schema.items()}


def _named(schema: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The fields a body's schema names in any of its alternatives, and what each may be."""
    names = {key: [each] for key, each in schema.get("properties", {}).items()}
    for alternative in [*schema.get("anyOf", ()), *schema.get("allOf", ())]:
        for key, each in _named(alternative).items():
            names.setdefault(key, []).extend(each)
    return names
