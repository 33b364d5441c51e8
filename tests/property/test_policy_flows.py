"""Flows against the graph of references: one is found if and only if there is a way, and that is shown.

It is a violation if and only if the attribute makes a difference, which a table of all values tells.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from itertools import pairwise, product
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.project import find_project
from intercom_iac.specs import load_specs
from support.generators import examples

REMARKS = {"LINT507", "LINT508", "LINT509"}
ATTRIBUTES = 4
PROJECT = """version: 1
policy:
  flows: [{segments: tag, may_not_depend_on: {pii: sensitive}}]
  levels: {LINT503: off}
"""


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[list[str]], list[bool], list[bool], list[bool]]:
    """What each segment's rule names, which publish a tag, which are archived, and which attributes are sensitive.

    A segment refers to those before it only, and a live one to live ones: a circle of references is a mistake of its
    own, and so is a rule that rests on what is archived.
    """
    count = draw(st.integers(1, 8))
    named: list[list[str]] = []
    for number in range(count):
        known = [f"a{each}" for each in range(ATTRIBUTES)] + [f"segment s{each}" for each in range(number)]
        named.append(draw(st.lists(st.sampled_from(known), min_size=1, max_size=4)))
    flags = st.lists(st.booleans(), min_size=count, max_size=count)
    sensitive = draw(st.lists(st.booleans(), min_size=ATTRIBUTES, max_size=ATTRIBUTES))
    published, archived = draw(flags), draw(flags)
    gone = {f"segment s{number}" for number in range(count) if archived[number]}
    for number in range(count):
        if not archived[number]:
            named[number] = [name for name in named[number] if name not in gone] or ["a0"]
    return named, published, archived, sensitive


def rule(names: list[str], joint: str) -> str:
    return f" {joint} ".join(each if each.startswith("segment") else f"{each} is unknown" for each in names)


def distances(start: str, edges: Mapping[str, set[str]]) -> dict[str, int]:
    """How many steps each thing is away that can be reached."""
    away = {start: 0}
    pending = deque([start])
    while pending:
        here = pending.popleft()
        for each in edges.get(here, set()):
            if each not in away:
                away[each] = away[here] + 1
                pending.append(each)
    return away


def makes_difference(segment: int, attribute: int, named: list[list[str]], joint: str) -> bool:
    """Whether the segment has somebody whom it would not have, were the attribute alone known or not."""

    def holds(name: str, unknown: tuple[bool, ...]) -> bool:
        if name.startswith("a"):
            return unknown[int(name[1:])]
        first, *others = [holds(part.removeprefix("segment "), unknown) for part in named[int(name[1:])]]
        if joint == "or":
            return first or any(others)
        return first and (all(others) if joint == "and" else not any(others))

    worlds = product((False, True), repeat=ATTRIBUTES)
    flipped = (
        (world, (*world[:attribute], not world[attribute], *world[attribute + 1 :])) for world in worlds
    )
    return any(holds(f"s{segment}", one) != holds(f"s{segment}", other) for one, other in flipped)


@given(
    graph=graphs(), order=st.randoms(use_true_random=False), joint=st.sampled_from(["and", "or", "and not"])
)
@examples(150)
def test_a_flow_is_violated_if_and_only_if_there_is_a_way(graph, order, joint: str) -> None:
    named, published, archived, sensitive = graph
    edges = {
        f"segment.s{number}": {
            each.replace("segment ", "segment.")
            if each.startswith("segment")
            else f"attribute.contact.{each}"
            for each in names
        }
        for number, names in enumerate(named)
    }
    entries = [
        f"  s{number}: {{rule: {rule(names, joint)}, publish: [{'tag' if published[number] else ''}], "
        f"status: {'archived' if archived[number] else 'active'}}}\n"
        for number, names in enumerate(named)
    ]
    order.shuffle(entries)
    labels = ["sensitive" if each else "none" for each in sensitive]
    attributes = "".join(
        f"    a{number}: {{type: string, labels: {{pii: {label}}}}}\n" for number, label in enumerate(labels)
    )
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "specs").mkdir()
        (root / "intercom-iac.yaml").write_text(PROJECT)
        (root / "specs" / "a.yaml").write_text(
            f"version: 1\nattributes:\n  contact:\n{attributes}segments:\n{''.join(entries)}"
        )
        project = find_project(root)
        found = load_specs(project)
        again = load_specs(project)
    assert found.diagnostics == again.diagnostics
    told: dict[tuple[str, str], int] = {}
    # Rules may name an attribute twice, which is remarked on.
    for each in (diagnostic for diagnostic in found.diagnostics if diagnostic.code not in REMARKS):
        way = each.message.rpartition(": ")[2].split(" -> ")
        # Each step of the way is a reference that the rule there makes, and the first one is underlined.
        assert all(after in edges[before] for before, after in pairwise(way))
        assert each.span is not None
        assert each.span.text in (
            way[1].replace("segment.", "segment "),
            f"{way[1].rpartition('.')[2]} is unknown",
        )
        assert len(each.related) == len(way) - 1
        assert (way[0], way[-1]) not in told
        real = makes_difference(int(way[0][9:]), int(way[-1].rpartition(".a")[2]), named, joint)
        assert each.code == ("LINT566" if real else "LINT568")
        told[way[0], way[-1]] = len(way) - 1
    wanted = {
        (f"segment.s{number}", f"attribute.contact.a{attribute}"): steps
        for number in range(len(named))
        if published[number] and not archived[number]
        for away in (distances(f"segment.s{number}", edges),)
        for attribute in range(ATTRIBUTES)
        if sensitive[attribute] and (steps := away.get(f"attribute.contact.a{attribute}")) is not None
    }
    assert told == wanted
