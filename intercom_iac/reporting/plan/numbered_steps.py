"""Steps by hand with their numbers: those that belong to another step are numbered below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intercom_iac.lazy_dataclass import dataclass

_INDENT = 2


@dataclass(frozen=True, slots=True)
class NumberedStep:
    """A step, and the numbers that lead to it: `(2, 1)` is the first step below the second."""

    numbers: tuple[int, ...]
    text: str

    @property
    def label(self) -> str:
        return ".".join(map(str, self.numbers))

    @property
    def depth(self) -> int:
        """How many steps it belongs to."""
        return len(self.numbers) - 1


def numbered_steps(steps: Sequence[str]) -> Iterator[NumberedStep]:
    """The steps of a change; what is indented, by two spaces a level, belongs to the step before it."""
    numbers: tuple[int, ...] = ()
    for step in steps:
        text = step.lstrip(" ")
        depth = min((len(step) - len(text)) // _INDENT, len(numbers))
        number = numbers[depth] + 1 if depth < len(numbers) else 1
        numbers = (*numbers[:depth], number)
        yield NumberedStep(numbers, text)
