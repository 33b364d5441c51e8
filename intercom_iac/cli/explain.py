"""`explain`: a diagnostic code with its examples, or an object with what depends on it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, cast

import click

from .console import echo, print_json
from .options import examples, format_option, project_option, workspace_option

if TYPE_CHECKING:
    from intercom_iac.diagnostics import Code, Example
    from intercom_iac.model import Kind, Schema

# What a key is called for people, where that is not its name.
_LABELS = {
    "api_can": "the API can",
    "declared_at": "declared at",
    "read_by": "read by",
    "wire": "in Intercom",
}
_CODE = re.compile(r"[A-Za-z]+\d{3}")


@click.command(
    epilog=examples(
        "explain SPEC101", "explain attribute.contact.plan_type", "explain segment.trial_ending_soon"
    )
)
@click.argument("subject", metavar="CODE|ADDRESS")
@workspace_option
@project_option
@format_option("text", "json")
def explain(subject: str, workspace: str | None, project: str | None, output: str) -> None:
    """Explain a diagnostic code, or an object of the specs with what depends on it."""
    if _CODE.fullmatch(subject):
        _explain_code(subject.upper(), output)
        return
    from intercom_iac.text import printable

    from .loading import project_of, schema_of

    of = project_of(project)
    found = _described(schema_of(of, workspace), of.settings.policy.standard, subject)
    if output == "json":
        print_json(found)
        return
    echo(click.style(printable(found.pop("address")), bold=True))
    for key, value in found.items():
        if value not in (None, [], ""):
            text = "; ".join(cast("list[str]", value)) if isinstance(value, list) else value
            text = f"its own, {text}" if key == "wire" else text
            echo(f"  {_LABELS.get(key, key):<11} {printable(str(text))}")


def _explain_code(wanted: str, output: str) -> None:
    from intercom_iac.diagnostics import Misuse, all_codes
    from intercom_iac.text import did_you_mean

    codes = all_codes()
    if wanted not in codes:
        raise Misuse(f"no code `{wanted}`", hint=did_you_mean(wanted, codes))
    code = codes[wanted]
    if output == "json":
        print_json(
            {"code": code.id, "severity": code.severity, "title": code.title, "about": code.about}
            | {label: asdict(example) for label, example in _examples(code)}
        )
        return
    echo(click.style(f"{code.id} ({code.severity}): {code.title}", bold=True))
    echo(f"\n{code.about}")
    for label, example in _examples(code):
        echo(f"\n{click.style(label.capitalize(), bold=True)}")
        for line in _example_lines(example):
            echo(f"  {line}")


def _examples(code: Code) -> tuple[tuple[str, Example], ...]:
    return (("wrong", code.wrong), ("right", code.right))


_LONG = 24


def _example_lines(example: Example) -> list[str]:
    from intercom_iac.text import printable

    lines: list[str] = []
    for path, text in example.files.items():
        # An example may hold bytes that are no text; they are shown as such.
        body = text.encode(errors="surrogateescape").decode(errors="backslashreplace").splitlines()
        more = [f"… {len(body) - _LONG} more lines"] if len(body) > _LONG else []
        lines += [click.style(f"# {path}", dim=True), *map(printable, body[:_LONG]), *more]
    if example.answers is not None:
        lines.append(click.style(f"# a server that answers {example.answers[0]} to every request", dim=True))
    if example.committed:
        names = " ".join(map(shlex.quote, example.committed))
        lines.append(click.style(f"$ git init && git add {names} && git commit", dim=True))
    variables = "".join(f"{name}={shlex.quote(value)} " for name, value in example.environment.items())
    for command in (*example.before, example.run):
        if command != "check" or variables:
            lines.append(click.style(f"$ {variables}intercom-iac {command}", dim=True))
    return lines


def _described(
    schema: Schema, standard: Mapping[str, Mapping[str, list[str]]], address: str
) -> dict[str, Any]:
    """What is known of an object, by its address. Raises `Misuse` when the specs have none."""
    from intercom_iac.model import STANDARD, attribute_address

    from .loading import nothing_at

    known: dict[str, Any] = {attribute.address: attribute for attribute in schema.attributes.values()}
    known |= {event.address: event for event in schema.events.values()}
    known |= {segment.address: segment for segment in schema.segments.values()}
    known |= {attribute_address(model, name): attribute for (model, name), attribute in STANDARD.items()}
    if address not in known:
        raise nothing_at(schema, address, known)
    return {"address": address, **_facts(schema, standard, address, known[address])}


def _facts(
    schema: Schema, standard: Mapping[str, Mapping[str, list[str]]], address: str, thing: Any
) -> dict[str, Any]:
    from intercom_iac.changes import attributes, events, fields_without, segments, shown_values
    from intercom_iac.compilers import to_english
    from intercom_iac.model import Event, Segment, StandardAttribute, event_address, events_of, fields_of

    needed = schema.needed_by().get(address, [])
    if isinstance(thing, StandardAttribute):
        return {
            "type": thing.type.value,
            "label": thing.label,
            "wire": thing.wire,
            "writable": "through the API" if thing.api_writable else "no",
            "searchable": "yes" if thing.searchable else "no",
            "labels": _labels(standard.get(address, {}).items()),
            "read_by": needed,
        }
    common = {
        "description": thing.description,
        "owner": thing.owner,
        "status": thing.status,
        "declared_at": str(thing.span) if thing.span else None,
        "read_by": needed,
    }
    if isinstance(thing, Segment):
        read = thing.predicate
        reads = [] if read is None else [field.address for field in fields_of(read)]
        reads += [] if read is None else [event_address(name) for name in events_of(read)]
        published = ", ".join(thing.publish) or "by hand"
        kinds: tuple[Kind, ...] = thing.publish or ("segment",)
        own = {
            "name": thing.name,
            "rule": thing.rule,
            "meaning": None if read is None else to_english(read),
            "published": published,
            "reads": reads,
        }
        fields = fields_without(segments.FIELDS, *own, *common, "publish")
        values = own | shown_values(fields, declared=thing)
        return values | {"api_can": [_abilities(kind) for kind in kinds]} | common
    if isinstance(thing, Event):
        own = {"metadata": [f"{key.name} ({key.type.value})" for key in thing.metadata]}
        values = own | shown_values(fields_without(events.FIELDS, *own, *common), declared=thing)
        return values | {"api_can": [_abilities("event")]} | common
    own = {"type": thing.type.value, "options": list(thing.options), "labels": _labels(thing.labels)}
    values = own | shown_values(fields_without(attributes.FIELDS, *own, *common), declared=thing)
    return values | {"api_can": [_abilities("data_attribute")]} | common


def _labels(labels: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """What the project says of the kind of data, a label with its values each."""
    return [f"{label}: {', '.join(values)}" for label, values in labels]


def _abilities(kind: Kind) -> str:
    """What Intercom's API can do to this kind of object; what it cannot, a plan leaves to a person."""
    from intercom_iac.model import CAPABILITIES

    can = CAPABILITIES[kind]
    words = ["create"] if can.create else []
    words += [f"change ({', '.join(sorted(can.change))})"] if can.change else []
    words += [can.retire] if can.retire != "by hand" else []
    return f"{kind.replace('_', ' ')}: {', '.join(words) or 'only read'}"
