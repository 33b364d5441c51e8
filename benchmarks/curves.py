"""How time and memory grow with the input, for every command and every kind of mistake: the exponent over doublings.

    python benchmarks/curves.py [--full] [--codes] [--only TEXT]

Doubling an input at most doubles the time and the memory: an exponent above 1.15 fails, and so does a command without
a curve. The exponent is the slope of a line through the logarithms (least squares), over at least four doublings, of
what a run takes beyond one on the smallest input. A run is a process of its own that has the program's modules
already, so that what grows is seen in runs of a second. `--full` lets them take longer. `--codes` also repeats the
wrong example of every code, each in as many files.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import math
import os
import pkgutil
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import growing
from growing import CONSTANT, Curve, of_commands, of_mistakes
from measuring import Run, own_peak, report

LIMIT = 1.15
DOUBLINGS = 4
# Seconds that the largest run takes beyond the smallest; what takes less than `LEAST` of either is noise.
BUDGET, FULL_BUDGET = 0.3, 4.0
LEAST, LEAST_MEMORY = 0.004, 3.0


@dataclass(frozen=True, slots=True)
class Growth:
    """The exponents of a curve over the sizes it was measured at; None where there is too little to tell."""

    curve: Curve
    sizes: tuple[int, ...]
    last: Run
    time: float | None
    memory: float | None

    @property
    def is_met(self) -> bool:
        return all(exponent is None or exponent <= LIMIT for exponent in (self.time, self.memory))

    def __str__(self) -> str:
        sizes = f"{self.sizes[0]:,} to {self.sizes[-1]:,}"
        time, memory = (("  -" if e is None else f"{e:5.2f}") for e in (self.time, self.memory))
        too_fast = "" if self.is_met else "   TOO FAST"
        return (
            f"  {self.curve.name:<44} {sizes:>18}   time {time:<5} {self.last.processor:6.2f} s   "
            f"memory {memory:<5} {self.last.memory:5.0f} MB{too_fast}"
        )


def load_program() -> None:
    """Everything that any command may import, but the way in and what has an extra that is not here."""
    package = importlib.import_module("intercom_iac")
    for module in pkgutil.walk_packages(package.__path__, "intercom_iac."):
        if not module.name.endswith("__main__"):
            try:
                importlib.import_module(module.name)
            except ImportError as error:
                print(f"  not loaded: {module.name}: {error}")
    gc.collect()
    gc.freeze()


def run_here(arguments: Sequence[str], folder: Path, codes: Sequence[int]) -> Run:
    """The command in a process of its own. Raises `AssertionError` with what it said on another exit code."""
    said = folder / ".said"
    child = os.fork()
    if child == 0:
        code = 70
        try:
            os.chdir(folder)
            file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(file, 2)
            cli: Any = importlib.import_module("intercom_iac.cli")
            code = cli.run(arguments)
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException as error:
            os.write(2, repr(error).encode())
        finally:
            os._exit(code)
    _, status, used = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in codes, f"{' '.join(arguments)[:200]} ended with {code}: {said.read_text()[-1500:]}"
    return Run(used.ru_utime + used.ru_stime, 0.0, used.ru_maxrss / 1024)


def measure_at(curve: Curve, size: int, folder: Path, times: int) -> Run:
    """The best of several runs on an input of a size; each has files of its own where commands are run before."""
    runs: list[Run] = []
    for _ in range(times):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        curve.write(folder, size)
        rule = folder / "rule"
        text = rule.read_text("utf-8") if rule.exists() else ""
        for before in curve.before:
            run_here(before.replace("{size}", str(size)).split(), folder, (0,))
        arguments = [
            argument.replace("{size}", str(size)).replace("{rule}", text) for argument in curve.arguments
        ]
        runs.append(run_here(arguments, folder, curve.codes))
    return Run(min(run.processor for run in runs), 0.0, min(run.memory for run in runs))


def measure(curve: Curve, budget: float, folder: Path) -> Growth:
    """Doubles the size until a run takes the time, or until the input is refused for its size at no cost."""
    start = measure_at(curve, 1, folder, 2)
    sizes: list[int] = []
    times: list[float] = []
    memories: list[float] = []
    size = curve.first
    while size <= curve.most:
        run = measure_at(curve, size, folder, 1)
        time, memory = run.processor - start.processor, max(0.0, run.memory - start.memory)
        if times and time < times[-1] / 2 and times[-1] > 0.1:
            break
        # The largest run is 16 times the smallest that counts; those far below are passed over.
        is_far_below = time < budget / 64 and memory < LEAST_MEMORY and 4 * size <= curve.most
        if not is_far_below:
            sizes.append(size)
            times.append(time)
            memories.append(memory)
        if time > budget:
            break
        size *= 4 if is_far_below else 2
    last = -DOUBLINGS - 1
    sizes, times, memories = sizes[last:], times[last:], memories[last:]
    return Growth(
        curve=curve,
        sizes=tuple(sizes),
        last=Run(times[-1], 0.0, memories[-1]),
        time=exponent(sizes, times, LEAST),
        memory=exponent(sizes, memories, LEAST_MEMORY),
    )


def exponent(sizes: Sequence[int], costs: Sequence[float], least: float) -> float | None:
    """The slope of the logarithms, of those costs that can be told; None where these are less than three."""
    points = [
        (math.log(size), math.log(cost)) for size, cost in zip(sizes, costs, strict=True) if cost > least
    ]
    # What can hardly be told of all but the last sizes is little.
    if len(points) < 3 or costs[-1] < 8 * least:
        return None
    middle = sum(size for size, _ in points) / len(points)
    level = sum(cost for _, cost in points) / len(points)
    return sum((size - middle) * (cost - level) for size, cost in points) / sum(
        (size - middle) ** 2 for size, _ in points
    )


def every_command() -> Iterator[str]:
    """The commands of the program as it names them itself."""
    import click

    app: Any = importlib.import_module("intercom_iac.cli.app")

    def below(command: Any, names: tuple[str, ...], context: Any) -> Iterator[str]:
        if not isinstance(command, click.Group):
            yield " ".join(names)
            return
        for name in command.list_commands(context):
            yield from below(command.get_command(context, name), (*names, name), context)

    return below(app.program, (), click.Context(app.program))


# --- codes --------------------------------------------------------------------------------------------------

_NAME = re.compile(r"^(?:  |    )\"?([A-Za-z]\w+)\"?:", re.MULTILINE)


def of_codes() -> Iterable[Curve]:
    """The wrong example of each code, its spec files so many times with other names. A project file stands once."""
    registry: Any = importlib.import_module("intercom_iac.diagnostics.registry")
    for code in registry.all_codes().values():
        example = code.wrong
        repeated = [name for name in example.files if is_repeated(name)]
        if not repeated or example.answers or example.before or example.committed or example.environment:
            continue
        yield Curve(
            name=f"{example.run.split()[0]}: {code.id}",
            arguments=tuple(example.run.split()) if "'" not in example.run else (),
            write=lambda folder, size, files=dict(example.files): write_copies(folder, files, size),
            codes=tuple(range(7)),
            first=8,
            most=1024,
        )


def is_repeated(name: str) -> bool:
    return name.endswith(".yaml") and "specs/" in name and not name.endswith("intercom-iac.yaml")


def write_copies(folder: Path, files: dict[str, str], size: int) -> None:
    """The files, those of specs so many times; a name that one declares has the number of the copy behind it."""
    growing.write(folder, {name: text for name, text in files.items() if not is_repeated(name)})
    spec_files = {name: text for name, text in files.items() if is_repeated(name)}
    declared = {name for text in spec_files.values() for name in _NAME.findall(text)} - {"contact", "company"}
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, declared)))})\b") if declared else None
    for number in range(size):
        for name, text in spec_files.items():
            path = folder / name.replace(".yaml", f"_{number}.yaml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text if pattern is None else pattern.sub(rf"\g<0>_{number}", text), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--codes", action="store_true")
    parser.add_argument("--only", default="", metavar="TEXT", help="curves whose name has this in it")
    parser.add_argument("--mistakes", action="store_true", help="only curves of what is wrong")
    options = parser.parse_args()
    load_program()
    curves = [*of_commands(), *of_mistakes(), *(of_codes() if options.codes else ())]
    commands = set(every_command())
    missing = commands - {curve.command for curve in curves} - CONSTANT.keys()
    assert not missing, f"no curve for: {', '.join(sorted(missing))}"
    unknown = {curve.command for curve in curves if not curve.command.startswith("-")} - commands
    assert not unknown, f"no such command: {', '.join(sorted(unknown))}"
    curves = [
        curve for curve in (of_mistakes() if options.mistakes else curves) if options.only in curve.name
    ]
    budget = FULL_BUDGET if options.full else BUDGET
    print(f"{len(curves)} curves, runs of up to {budget:g} s beyond start-up; an exponent may be {LIMIT}")
    too_fast: list[Growth] = []
    failed: list[str] = []
    slopes: list[Growth] = []
    with tempfile.TemporaryDirectory() as name:
        for curve in curves:
            try:
                growth = measure(curve, budget, Path(name) / "project")
                # What is above is measured again with more, before it is said to be.
                growth = growth if growth.is_met else measure(curve, 3 * budget, Path(name) / "project")
            except AssertionError as error:
                print(f"  {curve.name:<44} FAILED: {error}", flush=True)
                failed.append(curve.name)
                continue
            print(growth, flush=True)
            slopes.append(growth)
            too_fast += [] if growth.is_met else [growth]
    for command, why in sorted(CONSTANT.items()):
        print(f"  {command:<44} not measured here: it {why}")
    worst = max((growth.time or 0.0 for growth in slopes), default=0.0)
    report(
        "growth",
        exponent=worst,
        memory=own_peak(),
        figures=f"{len(curves)} curves, {len(too_fast)} above {LIMIT}",
    )
    if too_fast:
        print("grow faster than their input: " + ", ".join(growth.curve.name for growth in too_fast))
    if failed:
        print("not measured: " + ", ".join(failed))
    if too_fast or failed:
        sys.exit(1)


if __name__ == "__main__":
    main()
