"""What maps of real tracking plans, and what does not: a golden a source, written by reading the source.

The sources stand in a folder beside the checkout and are not part of it; without it each test is skipped. `imports`
has a file a source: an event and below it, indented, its keys with their types (`guessed`: the source does not say;
`from`: the source's name) and, after a dash, what of it has no place in specs; `besides` has what is of no event.
There is no rewriting: what a reader should say is not found out by asking it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.adopting.proposal import NotMapped, Proposal, ProposedEntry
from intercom_iac.application.reading_sources import propose_from_files

GOLDENS = sorted(Path(__file__).parent.glob("imports/*.txt"))
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
FILES = ["segment", "rudderstack", "iglu"]


def source_of(golden: Path) -> Path:
    first = golden.read_text("utf-8").splitlines()[0]
    source = CORPUS / first.removeprefix("source ")
    if not source.exists():
        pytest.skip("the corpus of real tracking plans is not beside the checkout")
    return source


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.stem)
def test_a_source_maps_as_its_golden_says(golden: Path) -> None:
    source = source_of(golden)
    proposal = propose_from_files([source])
    # What is not mapped stands in no order: goldens are written as one reads a source.
    assert blocks(shown(proposal)) == blocks(golden.read_text("utf-8").splitlines()[1:])


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.stem)
def test_what_is_not_mapped_has_a_reason_and_a_place(golden: Path) -> None:
    source = source_of(golden)
    for note in propose_from_files([source]).not_mapped:
        assert note.why
        assert re.match(rf"{re.escape(str(source))}[^:]*(:\d+$|: \$|$)", note.place), note.place


@pytest.mark.parametrize("kind", FILES)
def test_every_file_of_the_corpus_imports_alone(kind: str) -> None:
    files = [path for path in sorted((CORPUS / kind).rglob("*")) if path.is_file()]
    if not files:
        pytest.skip("the corpus of real tracking plans is not beside the checkout")
    for path in files:
        proposal = propose_from_files([path])
        assert proposal.entries or proposal.not_mapped, path


def blocks(lines: Iterable[str]) -> dict[str, list[str]]:
    """The lines below each that is not indented, in the order of the alphabet."""
    found: dict[str, list[str]] = {}
    below: list[str] = []
    for line in lines:
        if line.startswith(" "):
            below.append(line.strip())
        else:
            below = found.setdefault(line, [])
    return {title: sorted(block) for title, block in found.items()}


def shown(proposal: Proposal) -> Iterator[str]:
    """A proposal in the form of the goldens."""
    left = list(proposal.not_mapped)
    for proposed in proposal.entries:
        comment = proposed.comment or ""
        guessed = " guessed" if any(not line.startswith("`") for line in comment.splitlines()) else ""
        yield f"event {proposed.entry.name}{guessed}"
        metadata: Mapping[str, Mapping[str, Any]] = proposed.entry.data.get("metadata", {})
        for name, key in metadata.items():
            yield f"    {name}: {key_text(name, key, comment)}"
        own = [note for note in left if is_of(proposed, note)]
        left = [note for note in left if note not in own]
        yield from (f"    - {note.what.removesuffix(of(proposed))}" for note in own)
    if left:
        yield "besides"
        yield from (f"    - {note.what}" for note in left)


def of(proposed: ProposedEntry) -> str:
    return f" of event `{proposed.entry.data.get('source_name', proposed.entry.name)}`"


def is_of(proposed: ProposedEntry, note: NotMapped) -> bool:
    return of(proposed) in note.what


def key_text(name: str, key: Mapping[str, Any], comment: str) -> str:
    options = f" [{', '.join(key['options'])}]" if "options" in key else ""
    required = " required" if key.get("required") else ""
    guessed = " guessed" if f"`{name}`: " in comment else ""
    source = f" from {key['source_name']}" if "source_name" in key else ""
    return f"{key['type']}{options}{required}{guessed}{source}"
