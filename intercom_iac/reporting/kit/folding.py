"""Making a report fit: what is least risky is told in fewer words first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping


def choose_forms(
    forms: Mapping[str, int], order: Iterable[str], fits: Callable[[Mapping[str, int]], bool]
) -> dict[str, int]:
    """Which form each part of a report takes so that the whole fits: 0 is the fullest.

    `forms` is how many each part has. `order` names the part to tell in one form less, one after the other, for as
    long as the whole does not fit; when it ends, the whole may still not. Where the last of them made room for more
    than it had to, earlier ones are taken back.
    """
    chosen = dict.fromkeys(forms, 0)
    taken: list[str] = []
    for part in order:
        if fits(chosen):
            break
        if chosen[part] < forms[part] - 1:
            chosen[part] += 1
            taken.append(part)
    for part in reversed(taken[:-1]):
        fuller = chosen | {part: chosen[part] - 1}
        if fits(fuller):
            chosen = fuller
    return chosen
