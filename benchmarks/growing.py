"""Inputs that grow, for every command and every kind of mistake: a project of so many parts, and the command on it.

`size` counts what grows: entries, tests, files, people, records, characters.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROJECT = "version: 1\nworkspaces:\n  sandbox: {sandbox: .intercom-iac/sandbox.db}\n"
TWO_WORKSPACES = PROJECT + "  other: {sandbox: .intercom-iac/other.db}\ndefault_workspace: sandbox\n"
DAY = "--today 2026-06-01"
# What a workspace holds at most; a segment costs it nothing.
ATTRIBUTES, EVENTS = 100, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A command on an input that grows. In `arguments` and `before` stand `{size}` for the size and `{rule}` for the
    text of the file of that name. `before` are commands that are run first and not measured. `most` is the largest
    size there can be; `says` stands in what the command says."""

    name: str
    arguments: Sequence[str]
    write: Callable[[Path, int], None]
    before: Sequence[str] = ()
    codes: Sequence[int] = (0,)
    codes_before: Sequence[int] = (0,)
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    first: int = 16
    most: int = 1 << 18
    says: str = ""

    @property
    def command(self) -> str:
        """The command that is measured, without its arguments."""
        return self.name.split(":")[0]


# What has no input that grows, or is measured where this says.
CONSTANT = {
    "init": "writes the same files for everybody",
    "sandbox serve": "is measured by serving.py",
    "sandbox reset": "removes one file",
}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in ({"intercom-iac.yaml": PROJECT} | files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", "surrogateescape")


def lines(count: int, text: str, between: str = "") -> str:
    """The text so many times, with the number of each in the place of `@`."""
    return between.join(text.replace("@", str(number)) for number in range(count))


def attributes(count: int = ATTRIBUTES, entry: str = "{type: integer, description: Number @}") -> str:
    return "version: 1\nattributes:\n  contact:\n" + lines(count, f"    field_@: {entry}\n")


def events(count: int = EVENTS) -> str:
    return "events:\n" + lines(count, "  event_@: {metadata: {amount: {type: integer}}}\n")


def segments(count: int, keys: str = "", rule: str | None = None) -> str:
    """So many segments, each with a rule of its own."""
    made: list[str] = []
    for number in range(count):
        text = f"field_{number % ATTRIBUTES} > {number} and field_{(number + 1) % ATTRIBUTES} < {number}"
        text = text if rule is None else rule.replace("@", str(number))
        made.append(f"  segment_{number}: {{name: Segment {number}, rule: '{text}'{keys}}}\n")
    return f"segments:\n{''.join(made)}"


def specs(make: Callable[[int], str], project: str = PROJECT) -> Callable[[Path, int], None]:
    """The specs as one file."""
    return lambda folder, size: write(folder, {"intercom-iac.yaml": project, "specs/all.yaml": make(size)})


def of_segments(size: int) -> str:
    return attributes() + events() + segments(size)


def published(how: str) -> Callable[[int], str]:
    return lambda size: attributes() + events() + segments(size, f", publish: [{how}]")


def two_revisions(folder: Path, size: int) -> None:
    """All segments changed since the one before."""
    before = attributes() + events() + segments(size)
    write(folder, {"specs/all.yaml": before.replace(" < ", " <= ")})
    write(folder / "before", {"specs/all.yaml": before})


def one_rule(make: Callable[[int], str]) -> Callable[[Path, int], None]:
    """A rule for the command line, beside specs."""
    return lambda folder, size: write(
        folder,
        {
            "specs/all.yaml": attributes()
            + "    name_of: {type: string}\n    plan: {type: options, options: [free, paid]}\n"
            + events()
            + segments(3),
            "rule": make(size),
        },
    )


def person(number: int) -> dict[str, object]:
    return {
        "id": f"{number:024x}",
        "type": "contact",
        "role": "user",
        "external_id": f"user-{number}",
        "email": f"user-{number}@example.com",
        "custom_attributes": {f"field_{key}": number % 97 + key for key in range(5)},
    }


def people(folder: Path, size: int, **files: str) -> None:
    """A file of so many contacts beside specs of some segments, which publish nothing."""
    contacts = "".join(json.dumps(person(number)) + "\n" for number in range(size))
    write(folder, {"specs/all.yaml": attributes() + segments(5), "contacts.ndjson": contacts, **files})


def people_with_events(folder: Path, size: int) -> None:
    """Few contacts, and so many events of theirs."""
    happened = (
        {
            "type": "event",
            "id": f"event-{number}",
            "event_name": f"event_{number % 3}",
            "created_at": 1_780_000_000 - number % 5_000_000,
            "intercom_user_id": f"{number % 64:024x}",
            "metadata": {"amount": number % 50},
        }
        for number in range(size)
    )
    people(folder, 64)
    rules = segments(3, rule="event event_0 where amount > @ count >= 2")
    write(
        folder,
        {
            "specs/all.yaml": attributes() + events() + rules,
            "events.ndjson": "".join(json.dumps(event) + "\n" for event in happened),
        },
    )


def table(folder: Path, size: int, wrong: str = "") -> None:
    """A table of so many contacts."""
    header = "external_id,email,field_0,field_1\n"
    rows = lines(size, f"user-@,user-@@example.com,@,{wrong or '1'}\n".replace("@@", "@(at)"))
    write(folder, {"specs/all.yaml": attributes(), "people.csv": header + rows.replace("(at)", "@")})


def records(make: Callable[[int], object]) -> Callable[[Path, int], None]:
    """So many records that are sent."""
    return lambda folder, size: write(
        folder,
        {
            "specs/all.yaml": attributes() + "    plan: {type: options, options: [free, paid]}\n" + events(),
            "records.ndjson": "".join(json.dumps(make(number)) + "\n" for number in range(size)),
        },
    )


def code_files(folder: Path, size: int) -> None:
    text = 'Intercom("trackEvent", "event_1", {amount: 1});\nIntercom("update", {field_1: 2, fild_2: 3});\n'
    write(
        folder,
        {"specs/all.yaml": attributes() + events()} | {f"app/{number}.js": text for number in range(size)},
    )


def long_code(folder: Path, size: int) -> None:
    text = 'Intercom("trackEvent", "event_@", {amount: 1});\nIntercom("update", {field_@: 2, fild_@: 3});\n'
    write(folder, {"specs/all.yaml": attributes() + events(), "app/all.js": lines(size, text)})


def tracking_plan(folder: Path, size: int) -> None:
    """A tracking plan as JSON Schemas, of so many events."""
    rules = [
        {
            "name": f"event {number}",
            "description": "what happened",
            "rules": {
                "type": "object",
                "properties": {
                    "properties": {"type": "object", "properties": {"amount": {"type": "integer"}}}
                },
            },
        }
        for number in range(size)
    ]
    plan = {"name": "plan", "rules": {"events": rules}}
    write(folder, {"specs/all.yaml": attributes(), "plan.json": json.dumps(plan)})


def many_files(folder: Path, size: int) -> None:
    write(
        folder,
        {
            f"specs/{number}.yaml": f"version: 1\nattributes: {{contact: {{field_{number}: {{type: string}}}}}}\n"
            for number in range(size)
        },
    )


def tests_of_segments(size: int) -> str:
    tests = lines(size, "      - {contact: {field_0: @}, member: true}\n")
    return f"{attributes()}segments:\n  one:\n    rule: field_0 >= 0\n    tests:\n{tests}"


def options(count: int, rule: str) -> str:
    listed = lines(count + 1, "option_@", ", ")
    return (
        f"version: 1\nattributes: {{contact: {{plan: {{type: options, options: [{listed}]}}}}}}\n"
        f"segments: {{one: {{rule: '{rule}'}}}}\n"
    )


def split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def command(name: str, arguments: str, make: Callable[[Path, int], None], **more: Any) -> Curve:
    return Curve(name=name, arguments=split(arguments), write=make, **more)


LONG_RULES: dict[str, Callable[[int], str]] = {
    "or": lambda size: lines(size, "field_0 = @", " or "),
    "and": lambda size: lines(size, "field_0 != @", " and "),
    "in": lambda size: f"field_0 in ({lines(size, '@', ', ')})",
    "texts": lambda size: lines(size, "name_of contains x@y", " or "),
    "events": lambda size: lines(size, "event event_1 where amount > @", " or "),
    "parentheses": lambda size: lines(size, "(field_0 > @ and (field_1 < @ or plan = paid))", " or "),
}
NO_RULE: dict[str, Callable[[int], str]] = {
    "words": lambda size: lines(size, "word@", " "),
    "opened": lambda size: "(" * size,
    "nots": lambda size: "not " * (60 + size) + "plan = paid",
    "quotes": lambda size: "plan = '" + "x" * size,
    "wrong names": lambda size: lines(size, "feild_@ = 1", " or "),
    "wrong options": lambda size: f"plan in ({lines(size, 'fere@', ', ')})",
    "commas": lambda size: f"plan in ({',' * size})",
}


def of_commands() -> Iterable[Curve]:
    """At least one for every command of the program."""
    for name, make in {
        "segments": of_segments,
        "attributes": attributes,
        "attributes and events": lambda size: attributes(size) + events(size),
        "events with metadata": lambda size: "version: 1\n" + events(size),
        "options": lambda size: options(size, "plan = option_0"),
        "references": lambda size: (
            attributes()
            + segments(1)
            + lines(size, "  of_@: {name: Of @, rule: segment segment_0 and field_1 > @}\n")
        ),
        "a long rule": lambda size: (
            attributes() + f"segments: {{one: {{rule: '{lines(size, 'field_0 = @', ' or ')}'}}}}\n"
        ),
        "a long list": lambda size: (
            attributes() + f"segments: {{one: {{rule: 'field_0 in ({lines(size, '@', ', ')})'}}}}\n"
        ),
        "tests of a segment": tests_of_segments,
        "a long description": lambda size: attributes(1, f"{{type: string, description: {'word ' * size}}}"),
        "comments": lambda size: "version: 1\n" + "# a comment\n" * size,
        "variables": lambda size: attributes(size, '{type: string, description: "${NAME} @"}'),
        "assertions": lambda size: (
            attributes(size)
            + segments(2)
            + "assertions:\n"
            + lines(size, "  of_@: {implies: {if: segment_0, then: segment_1}, reason: x}\n")
        ),
        "segments asserted to be disjoint": lambda size: (
            attributes()
            + segments(size, rule="field_1 = @")
            + f"assertions: {{one: {{disjoint: [{lines(size, 'segment_@', ', ')}], reason: x}}}}\n"
        ),
        "priorities, disjoint": lambda size: (
            attributes() + segments(size, ", publish: [tag]", "field_1 = @") + "priorities: [segment_0]\n"
        ),
        "priorities, undecided": lambda size: (
            attributes()
            + segments(size, ", publish: [tag]", "segment built and field_1 > @")
            + "  built: {name: Built, built_in_intercom: true}\npriorities: [segment_0]\n"
        ),
        "a chain of segments": lambda size: (
            attributes()
            + "segments:\n  s0: {name: S0, rule: field_0 = 1}\n"
            + "".join(
                f"  s{n}: {{name: S{n}, rule: segment s{n - 1} and field_{n % 100} > {n}}}\n"
                for n in range(1, min(size, 900))
            )
        ),
    }.items():
        project = PROJECT + "variables: {NAME: {default: x}}\n" if name == "variables" else PROJECT
        yield Curve(name=f"check: {name}", arguments=("check",), write=specs(make, project), codes=(0, 1, 3))
    yield command("check: files", "check", many_files, codes=(0, 3))
    yield command("check: against", "check --against-folder before", two_revisions, codes=(0, 1), first=8)
    yield command("fmt", "fmt --check", specs(of_segments), codes=(0, 1))
    yield command(
        "fmt: files that change", "fmt", specs(lambda size: of_segments(size).replace(": {", ":   {"))
    )
    yield command("mv", "mv attribute.contact.field_1 attribute.contact.moved --dry-run", specs(of_segments))
    yield command("import: events", "import --from plan.json --dry-run", tracking_plan, codes=(0, 1))
    yield command("breaking", "breaking --against-folder before", two_revisions, codes=(0, 1))
    yield command("changelog", "changelog --against-folder before", two_revisions)
    yield command("plan: segments", "plan", specs(of_segments))
    yield command("plan: audiences", "plan", specs(published("audience")))
    yield command("plan: as HTML", "plan --format html", specs(published("audience")))
    yield command(
        "apply: audiences", "apply --auto-approve", specs(published("audience")), first=16, most=4096
    )
    yield command("show", "show plan.json", specs(published("audience")), before=("plan --out plan.json",))
    yield command("drift", "drift", specs(of_segments), codes=(0, 2))
    yield command(
        "promote",
        "promote --from sandbox --to other",
        specs(published("audience"), TWO_WORKSPACES),
        before=("apply -w sandbox --auto-approve",),
        most=2048,
    )
    yield command(
        "diff",
        "diff -w sandbox -w other",
        specs(published("audience"), TWO_WORKSPACES),
        before=("apply -w sandbox --auto-approve",),
        most=2048,
    )
    yield Curve(
        name="audit: sample",
        arguments=split("audit --sample {size}"),
        write=specs(lambda _: attributes()),
        before=("sandbox seed --people {size}",),
        codes=(0, 1),
        most=8192,
    )
    yield command("usages: files", "usages app", code_files, codes=(0, 1))
    yield command("usages: a long file", "usages app", long_code, codes=(0, 1))
    yield command("explain", "explain attribute.contact.field_1", specs(of_segments))
    for target in ("search", "sql", "english", "tree", "audience"):
        yield command(
            f"rule compile: to {target}",
            f"rule compile {{rule}} --to {target} {DAY}",
            one_rule(LONG_RULES["parentheses"]),
            codes=(0, 1, 3),
            most=1500,
        )
    for name, make in LONG_RULES.items():
        yield command(
            f"rule compile: {name}",
            f"rule compile {{rule}} --to sql {DAY}",
            one_rule(make),
            codes=(0, 3),
            most=4096,
        )
    for stage in ("tokens", "tree", "types", "normal"):
        yield command(
            f"rule debug: {stage}",
            f"rule debug {stage} {{rule}}",
            one_rule(LONG_RULES["parentheses"]),
            most=1500,
        )
    yield command(
        "rule eval: people",
        f"rule eval {{rule}} --contacts contacts.ndjson {DAY}",
        lambda folder, size: people(folder, size, rule="field_0 > 50"),
        first=256,
    )
    yield command(
        "rule eval: events",
        f"rule eval {{rule}} --contacts contacts.ndjson --events events.ndjson {DAY}",
        lambda folder, size: (
            people_with_events(folder, size),
            (folder / "rule").write_text("event event_0 where amount > 3 count >= 2", "utf-8"),
        )[0],
        first=256,
    )
    yield command(
        "rule relate: values",
        f"rule relate {{rule}} field_0<5 {DAY}",
        one_rule(lambda size: f"field_0 in ({lines(size, '@', ', ')})"),
        most=8192,
    )
    yield command("segment compile", f"segment compile --to sql {DAY}", specs(of_segments))
    yield command("segment list", "segment list", specs(of_segments))
    yield command(
        "segment diff",
        f"segment diff segment_0 --between contacts.ndjson contacts.ndjson {DAY}",
        lambda folder, size: people(folder, size),
        first=256,
    )
    yield command(
        "segment preview: people",
        f"segment preview --contacts contacts.ndjson {DAY}",
        lambda folder, size: people(folder, size),
        first=1024,
    )
    yield command(
        "segment preview: events",
        f"segment preview --contacts contacts.ndjson --events events.ndjson {DAY}",
        people_with_events,
        first=1024,
    )
    # It counts whom each two share: what grows is the number of pairs.
    yield command(
        "segment preview: pairs of segments",
        f"segment preview --contacts contacts.ndjson {DAY}",
        lambda folder, pairs: (
            people(folder, 1000),
            write(folder, {"specs/all.yaml": attributes() + segments(1 + math.isqrt(2 * pairs))}),
        )[0],
    )
    yield command(
        "segment preview: ids",
        f"segment preview segment_0 --ids --format json --contacts contacts.ndjson {DAY}",
        lambda folder, size: people(folder, size),
        first=1024,
    )
    yield command(
        "segment publish",
        f"segment publish --dry-run {DAY}",
        specs(lambda _: attributes() + "segments: {one: {name: One, rule: role = user, publish: [tag]}}\n"),
        before=("sandbox seed --people {size}", "apply --auto-approve"),
        most=8192,
    )
    # It says how each stands to each: what grows is the number of pairs.
    yield command(
        "segment relate: pairs",
        f"segment relate {DAY}",
        specs(lambda pairs: of_segments(1 + math.isqrt(2 * pairs))),
    )
    yield command("segment test", f"segment test {DAY}", specs(tests_of_segments), codes=(0, 1))
    yield command("sync: rows", f"sync contacts people.csv --dry-run {DAY}", table, codes=(0, 1), first=256)
    yield command(
        "generate: options",
        "generate typescript --out generated",
        specs(lambda size: options(size, "plan = option_0")),
        most=250,
    )
    for language in ("typescript", "python"):
        yield command(
            f"generate: events, {language}",
            f"generate {language} --out generated",
            specs(lambda size: "version: 1\n" + events(size)),
            most=120,
        )
        yield command(
            f"generate: attributes, {language}",
            f"generate {language} --out generated",
            specs(attributes),
            most=250,
        )
    yield command(
        "payload check: records", "payload check records.ndjson --kind contact", records(person), first=256
    )
    yield command(
        "sandbox export",
        "sandbox export --into exported",
        specs(lambda _: attributes()),
        before=("sandbox seed --people {size}",),
        most=8192,
    )
    yield Curve(
        name="sandbox seed",
        arguments=split("sandbox seed --people {size}"),
        write=specs(lambda _: attributes()),
        most=8192,
    )
    yield command(
        "sandbox segment add",
        "sandbox segment add Trial --query rule",
        lambda folder, size: write(
            folder,
            {
                "specs/all.yaml": attributes(),
                "rule": json.dumps({"query": {"field": "role", "operator": "IN", "value": ["user"] * size}}),
            },
        ),
        codes=(0, 1, 3),
    )
    yield command("schema", "schema contact", specs(attributes), most=250, codes=(0, 1))


def of_mistakes() -> Iterable[Curve]:
    """Inputs that are wrong, or made to cost time."""
    for name, make in NO_RULE.items():
        yield command(
            f"rule compile: {name}",
            f"rule compile {{rule}} --to sql {DAY}",
            one_rule(make),
            codes=(3,),
            first=64,
            most=8192,
        )
    for name, make in {
        "unknown attributes": lambda size: attributes(size) + segments(size, rule="feild_@ = 1"),
        "unknown events": lambda size: "version: 1\n" + events(size) + segments(size, rule="event evnet_@"),
        "unknown segments": lambda size: (
            attributes() + segments(size) + lines(size, "  of_@: {name: Of @, rule: segment segmnet_@}\n")
        ),
        "unknown keys": lambda size: attributes(size, "{tipe: string, descripton: x}"),
        "unknown sections": lambda size: "version: 1\n" + lines(size, "atributes_@: {}\n"),
        "duplicate keys": lambda size: attributes(2) + "    same: {type: string}\n" * size,
        "wrong types": lambda size: attributes(size, "{type: strng}"),
        "options misspelt": lambda size: options(size, f"plan in ({lines(size, 'optoin_@', ', ')})"),
        "options that none contains": lambda size: (
            attributes(1, "{type: options, options: [a, b]}")
            + f"segments: {{one: {{rule: '{lines(size, 'field_0 contains zz@', ' or ')}'}}}}\n"
        ),
        "the same rule": lambda size: attributes() + segments(size, rule="field_1 > 5"),
        "rules that do not read": lambda size: attributes() + segments(size, rule="a b c @"),
        "words that mean nothing": lambda size: (
            attributes(2, "{type: string}")
            + f"segments: {{one: {{rule: 'field_0 in ({lines(size, 'unknown', ', ')})'}}}}\n"
        ),
        "empty texts": lambda size: (
            attributes(2, "{type: string}")
            + """segments: {one: {rule: "field_0 in ("""
            + lines(size, "''", ", ")
            + """)"}}\n"""
        ),
        "countries": lambda size: (
            "version: 1\nsegments: {one: {rule: 'location.country in ("
            + lines(size, "Germny@", ", ")
            + ")'}}\n"
        ),
        "a circle of segments": lambda size: (
            "version: 1\nsegments:\n"
            + "".join(f"  s{n}: {{name: S{n}, rule: segment s{(n + 1) % size}}}\n" for n in range(size))
        ),
        "silences": lambda size: attributes(
            size, "{type: integer} # intercom-iac: ignore LINT551: the app sends it"
        ),
        "silences in a row": lambda size: "version: 1\n" + "# intercom-iac: ignore LINT551: why\n" * size,
        "silences of no code": lambda size: attributes(
            size, "{type: integer} # intercom-iac: ignore LITN551: the app sends it"
        ),
        "deep flow": lambda size: "version: 1\nattributes: " + "[" * size + "]" * size,
        "deep mappings": lambda size: (
            "version: 1\n" + "".join(" " * n + "a:\n" for n in range(min(size, 2000)))
        ),
        "tabs": lambda size: "version: 1\n" + "\tkey: 1\n" * size,
        "not closed": lambda size: 'version: 1\nattributes: "' + "x\n" * size,
        "names that look alike": lambda size: (
            "version: 1\nattributes:\n  contact:\n"
            + lines(size, "    na-me_@: {type: string}\n    na_me_@: {type: string}\n")
        ),
        "control characters": lambda size: "version: 1\n" + "# \x07\n" * size,
        "long lines": lambda size: (
            "version: 1\nattributes: {contact: {" + lines(size, "field_@: {tipe: string}", ", ") + "}}\n"
        ),
        "tests of what is not declared": lambda size: (
            attributes(size)
            + "segments:\n  one:\n    rule: field_0 >= 0\n    tests:\n"
            + lines(size, "      - {contact: {feild_@: 1}, member: true}\n")
        ),
        "assertions about nobody": lambda size: (
            attributes()
            + segments(size)
            + "assertions:\n"
            + lines(size, "  of_@: {implies: {if: segmnet_@, then: segment_0}, reason: x}\n")
        ),
    }.items():
        yield Curve(name=f"check: {name}", arguments=("check",), write=specs(make), codes=(0, 1, 3))
    yield command(
        "check: fixes",
        "check --fix",
        specs(lambda size: attributes() + segments(size).replace("name:", "nmae:")),
        codes=(0, 1, 3),
    )
    yield command(
        "check: fixes of attributes",
        "check --diff",
        specs(lambda size: attributes(size, "{tpye: string}")),
        codes=(0, 1, 3),
    )
    for form in ("json", "sarif", "github", "gitlab", "junit"):
        yield command(
            f"check: findings as {form}",
            f"check --format {form}",
            specs(lambda size: attributes() + segments(size, rule="feild_@ = 1")),
            codes=(3,),
        )
    yield command(
        "payload check: wrong records",
        "payload check records.ndjson --kind contact --max-errors 1000000",
        records(
            lambda number: person(number) | {"custom_attributes": {f"feild_{number}": 1, "plan": "fere"}}
        ),
        codes=(1,),
    )
    yield command(
        "payload check: a long record",
        "payload check records.ndjson --kind contact",
        lambda folder, size: records(
            lambda _: person(1) | {"custom_attributes": {f"feild_{key}": 1 for key in range(size)}}
        )(folder, 1),
        codes=(1,),
    )
    yield command(
        "sync: wrong rows",
        f"sync contacts people.csv --dry-run {DAY}",
        lambda folder, size: table(folder, size, wrong="many"),
        codes=(0, 1),
        first=256,
    )
