"""Rules asked of the witnesses in a file: those of a proof, each with its own day and time zone."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import Misuse
from intercom_iac.model import reads_days
from intercom_iac.preview.files import is_parquet
from intercom_iac.prover.witnesses.evaluated import EvaluatedWitness

from ..notices import DaysCounted, Notify, ignore_notice
from ..session import Session
from .evaluation_day import EvaluationDay

if TYPE_CHECKING:
    from intercom_iac.model import Predicate
    from intercom_iac.prover import Witness

STANDARD_INPUT = "-"
_HINT = "a witness is like those of `rule relate --format json`: an object with `contact` and `today`"
_LONGEST_FIRST_LINE = 1_000_000


def evaluate_witnesses(
    session: Session,
    rule: Predicate,
    path: Path,
    *,
    zone: ZoneInfo | None = None,
    notify: Notify = ignore_notice,
) -> list[EvaluatedWitness]:
    """Asks a rule of every witness of a file, on its own day and in its own zone, but for what the session and `zone`
    say of these. Raises `Misuse` where the file has no witness, or one that cannot be read."""
    from intercom_iac.prover import describe_witness
    from intercom_iac.rules import satisfies

    matters = reads_days(rule)
    evaluated: list[EvaluatedWitness] = []
    days: dict[EvaluationDay, None] = {}
    for place, own in read_witnesses(path):
        witness = _on_other_day(own, session, zone)
        source = "as the witness says" if witness == own else "as the command line says"
        time_zone = ZoneInfo(witness.zone)
        days[EvaluationDay(today=witness.today, zone=time_zone, source=source, matters=matters)] = None
        found = EvaluatedWitness(
            place=place,
            witness=witness,
            holds=satisfies(witness.person, rule, today=witness.today, zone=time_zone),
            description=describe_witness(witness, [rule]),
            reads_days=matters,
        )
        evaluated.append(found)
    for day in days if matters else ():
        notify(DaysCounted(day))
    return evaluated


def _on_other_day(witness: Witness, session: Session, zone: ZoneInfo | None) -> Witness:
    from intercom_iac.prover import Witness

    today = session.today or witness.today
    return Witness(today=today, zone=witness.zone if zone is None else zone.key, person=witness.person)


# --- files --------------------------------------------------------------------------------------------------


def holds_witnesses(path: Path) -> bool:
    """Whether a file of people is one of witnesses: JSON, and no contacts one a line. Raises `Misuse` where there is
    no file."""
    if is_parquet(path):
        return False
    with path.open("rb") as file:
        first = file.readline(_LONGEST_FIRST_LINE).strip()
    if first == b"{":  # laid out on several lines, which no file of contacts is
        return True
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return next(_find_witnesses(value), None) is not None


def read_witnesses(path: Path) -> list[tuple[str, Witness]]:
    """The witnesses of a file with their places in it: of a file that is one, or of what a command prints as JSON.
    `-` is standard input.

    Raises `Misuse` where it has none, or one that cannot be read.
    """
    from intercom_iac.prover import decode_witness

    value = _read_json(path)
    witnesses: list[tuple[str, Witness]] = []
    for place, found in _find_witnesses(value):
        try:
            witnesses.append((place, decode_witness(found)))
        except ValueError as error:
            where = f" at `{place}`" if place else ""
            raise Misuse(f"`{path}` has no witness that can be read{where}: {error}", hint=_HINT) from error
    if not witnesses:
        raise Misuse(f"`{path}` has no witness", hint=_HINT)
    return witnesses


def _read_text(path: Path) -> str:
    if str(path) == STANDARD_INPUT:
        standard_input: IO[str] | None = (
            sys.stdin
        )  # None where the program was started with the stream closed
        if standard_input is None:
            raise Misuse("cannot read standard input: it is closed")
        return standard_input.read()
    if is_parquet(path):
        raise Misuse(f"`{path}` is Parquet, and a witness is JSON")
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise Misuse(f"cannot read `{path}`: it is not text in UTF-8") from error


def _read_json(path: Path) -> Any:
    """What a file holds; of several values, one a line, all of them."""
    text = _read_text(path)
    try:
        return json.loads(text)
    except RecursionError as error:
        raise Misuse(f"`{path}` is nested too deep to be a witness") from error
    except ValueError as error:
        try:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            raise Misuse(f"`{path}` is no JSON: {str(error).lower()}", hint=_HINT) from error


def _find_witnesses(value: Any) -> Iterator[tuple[str, Any]]:
    """Every witness in JSON, with the keys that lead to it."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        place, held = waiting.pop()
        if isinstance(held, dict):
            thing = cast("dict[str, Any]", held)
            if isinstance(thing.get("contact"), dict):
                yield place, thing
                continue
            waiting += reversed([(f"{place}.{key}".lstrip("."), inner) for key, inner in thing.items()])
        elif isinstance(held, list):
            things = cast("list[Any]", held)
            waiting += reversed(
                [(f"{place}.{_name(item, at)}".lstrip("."), item) for at, item in enumerate(things, 1)]
            )


def _name(item: Any, at: int) -> str:
    """What an item of a list is called: by its keys in the matrix of segments, else by its number."""
    thing = cast("dict[str, Any]", item) if isinstance(item, dict) else {}
    names: Sequence[Any] = [thing[key] for key in ("key", "first", "second") if key in thing]
    return "/".join(map(str, names)) or str(at)
