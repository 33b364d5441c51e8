"""How time and memory grow with the input, for every command and every kind of mistake: the exponent over doublings.

    python benchmarks/curves.py [--full] [--codes] [--mistakes] [--only TEXT...]

Doubling an input at most doubles the time and the memory: an exponent above 1.15 fails, and so does a command without
a curve. The exponent is the slope of a line through the logarithms (least squares), over four doublings, of the time
that a run takes beyond one on the smallest input, and of how much memory a doubling adds. What is above is measured
again, with larger inputs and the better of two runs of each, before it is said to be. A run is a process of its own
that has the program's modules already, so that what grows is seen in runs of a second; time is processor time.

The wrong example of every code is repeated in as many files. Of these the quick mode measures two sizes, and as a
curve what takes more than its part in the larger one; `--codes` measures all of them as curves. `--full` lets runs
take longer.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import math
import os
import pkgutil
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import growing
from growing import CONSTANT, Curve, of_commands, of_mistakes
from measuring import Run, report

LIMIT = 1.15
DOUBLINGS = 4
# Seconds that the largest run takes beyond the smallest; what takes less than `LEAST` of either is noise.
BUDGET, FULL_BUDGET = 0.3, 4.0
LEAST, LEAST_MEMORY = 0.004, 4.0
# The last of a curve, below which it is little.
LEAST_LAST, LEAST_LAST_MEMORY = 0.032, 16.0
# An input of which twice as much takes half of the time is refused for its size.
REFUSED = 0.02
# Copies of the example of a code, where two sizes are to tell, and what the larger takes at least to tell anything.
FEW, MANY, LEAST_OF_MANY = 64, 256, 0.03


@dataclass(frozen=True, slots=True)
class Growth:
    """The exponents of a curve over the sizes it was measured at; None where there is too little to tell. `refused`
    is the size from which on the input is refused."""

    curve: Curve
    sizes: tuple[int, ...]
    last: Run
    time: float | None
    memory: float | None
    refused: int | None = None

    @property
    def is_met(self) -> bool:
        return all(exponent is None or exponent <= LIMIT for exponent in (self.time, self.memory))

    def __str__(self) -> str:
        sizes = f"{self.sizes[0]:,} to {self.sizes[-1]:,}"
        time, memory = (("little" if e is None else f"{e:6.2f}") for e in (self.time, self.memory))
        notes = "" if self.refused is None else f"   {self.refused:,} are refused"
        notes += "" if self.is_met else "   TOO FAST"
        return (
            f"  {self.curve.name:<44} {sizes:>18}   time {time} {self.last.processor:6.2f} s   "
            f"memory {memory} {self.last.memory:5.0f} MB{notes}"
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


def run_here(
    arguments: Sequence[str], folder: Path, codes: Sequence[int], environment: Mapping[str, str] | None = None
) -> Run:
    """The command in a process of its own, what it says in the file `.said`. Raises `AssertionError` with that on
    another exit code."""
    said = folder / ".said"
    child = os.fork()
    if child == 0:
        code = 70
        try:
            os.chdir(folder)
            os.environ.update(environment or {})
            file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(file, 1)
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
            run_here(
                shlex.split(before.replace("{size}", str(size))),
                folder,
                curve.codes_before,
                curve.environment,
            )
        arguments = [
            argument.replace("{size}", str(size)).replace("{rule}", text) for argument in curve.arguments
        ]
        runs.append(run_here(arguments, folder, curve.codes, curve.environment))
    return Run(min(run.processor for run in runs), 0.0, min(run.memory for run in runs))


def measure(curve: Curve, budget: float, folder: Path, times: int = 1) -> Growth:
    """Doubles the size until a run takes the time, or until the input is refused for its size at no cost."""
    start = measure_at(curve, 1, folder, 2)
    sizes: list[int] = []
    costs: list[float] = []
    memories: list[float] = []
    refused: int | None = None
    size = curve.first
    while size <= curve.most:
        run = measure_at(curve, size, folder, times)
        time, memory = run.processor - start.processor, max(0.0, run.memory - start.memory)
        if costs and costs[-1] > REFUSED and time < costs[-1] / 2:
            refused = size
            break
        # The largest run is 16 times the smallest that counts; those far below are passed over.
        is_far_below = time < budget / 64 and memory < LEAST_MEMORY and 4 * size <= curve.most
        if not is_far_below:
            sizes.append(size)
            costs.append(time)
            memories.append(memory)
        if time > budget and len(sizes) > DOUBLINGS:
            break
        if time > 8 * budget:
            break
        size *= 4 if is_far_below else 2
    last = -DOUBLINGS - 1
    sizes, costs, memories = sizes[last:], costs[last:], memories[last:]
    # What a doubling adds has the exponent of the whole, whatever the memory is that was free before.
    added = [after - before for before, after in pairwise(memories)]
    return Growth(
        curve=curve,
        sizes=tuple(sizes),
        last=Run(costs[-1], 0.0, memories[-1]),
        time=exponent(sizes, costs, LEAST, LEAST_LAST),
        memory=exponent(sizes[1:], added, LEAST_MEMORY, LEAST_LAST_MEMORY),
        refused=refused,
    )


def exponent(sizes: Sequence[int], costs: Sequence[float], least: float, least_last: float) -> float | None:
    """The slope of the logarithms, of those costs that can be told; None where these are less than three."""
    points = [
        (math.log(size), math.log(cost)) for size, cost in zip(sizes, costs, strict=True) if cost > least
    ]
    # What can hardly be told of all but the last sizes is little.
    if len(points) < 3 or costs[-1] < least_last:
        return None
    middle = sum(size for size, _ in points) / len(points)
    level = sum(cost for _, cost in points) / len(points)
    return sum((size - middle) * (cost - level) for size, cost in points) / sum(
        (size - middle) ** 2 for size, _ in points
    )


def is_suspect(curve: Curve, folder: Path) -> bool:
    """Whether two sizes do not show already that an example grows no faster than its copies."""
    largest = min(MANY, curve.most)
    few_copies = largest * FEW // MANY
    start, few, many = (measure_at(curve, size, folder, 1).processor for size in (1, few_copies, largest))
    if many - start < LEAST_OF_MANY:
        return False
    return many - start > max(few - start, LEAST) * (largest / few_copies) ** LIMIT


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


def of_codes() -> tuple[list[Curve], dict[str, list[str]]]:
    """The wrong example of each code, its spec files so many times with other names, and the codes that are left out
    by the reason. A project file stands once."""
    registry: Any = importlib.import_module("intercom_iac.diagnostics.registry")
    curves: list[Curve] = []
    left_out: dict[str, list[str]] = {}
    for code in registry.all_codes().values():
        example = code.wrong
        if example.answers:
            reason = "is about what a workspace answers (`audit` has a curve; surveying.py and calls.py)"
        elif not any(is_repeated(name) for name in example.files):
            reason = "is about the project file or the folder, of which there is one"
        else:
            curves.append(
                Curve(
                    name=f"{example.run.split()[0]}: {code.id}",
                    arguments=tuple(shlex.split(example.run)),
                    write=partial(write_copies, dict(example.files), example.committed),
                    before=tuple(example.before),
                    environment=example.environment,
                    codes=tuple(range(7)),
                    codes_before=tuple(range(7)),
                    says=code.id,
                    first=8,
                    most=most_copies(example.files),
                )
            )
            continue
        left_out.setdefault(reason, []).append(code.id)
    return curves, left_out


def is_repeated(name: str) -> bool:
    return name.endswith(".yaml") and "/" in name and not name.endswith("intercom-iac.yaml")


_DECLARATIONS = re.compile(r"^(?:attributes|events):.*\n(?:(?: .*)?\n)*", re.MULTILINE)
_ENTRY = re.compile(r"^(?:    |  (?=\w+:.*\{))\"?[A-Za-z]\w+\"?:", re.MULTILINE)


def repeated_part(text: str) -> str:
    """A spec without attributes and events where it has segments: of these a workspace holds any number."""
    return _DECLARATIONS.sub("", text) if "\nsegments:" in text else text


def most_copies(files: Mapping[str, str]) -> int:
    """As many as a workspace holds: it has room for 100 of what is neither a segment nor about one."""
    texts = [repeated_part(text) for name, text in files.items() if is_repeated(name)]
    entries = sum(
        len(_ENTRY.findall(block)) for text in texts for block in _DECLARATIONS.findall(f"{text}\n")
    )
    return 1024 if not entries else max(32, 240 // entries if entries < 4 else 32)


def write_copies(files: Mapping[str, str], committed: Sequence[str], folder: Path, size: int) -> None:
    """The files, those of specs so many times; a name that one declares has the number of the copy behind it."""
    growing.write(folder, {name: text for name, text in files.items() if not is_repeated(name)})
    spec_files = {name: text for name, text in files.items() if is_repeated(name)}
    repeated = {name: repeated_part(text) for name, text in spec_files.items()}
    declared = {name for text in repeated.values() for name in _NAME.findall(text)} - {"contact", "company"}
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, declared)))})\b") if declared else None
    copies: list[str] = [name for name in committed if name not in spec_files]
    for number in range(size):
        for name, text in (repeated if number else spec_files).items():
            copy = name.replace(".yaml", f"_{number}.yaml")
            path = folder / copy
            path.parent.mkdir(parents=True, exist_ok=True)
            copied = text if pattern is None else pattern.sub(rf"\g<0>_{number}", text)
            path.write_text(copied, "utf-8", "surrogateescape")
            copies += [copy] if name in committed else []
    if committed:
        git = ("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-C", str(folder))
        subprocess.run([*git, "init", "-q"], check=True)
        subprocess.run([*git, "add", "--", *copies], check=True)
        subprocess.run([*git, "commit", "-q", "-m", "before"], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--full", action="store_true", help="longer runs, of larger inputs")
    parser.add_argument("--codes", action="store_true", help="every code as a curve")
    parser.add_argument(
        "--only", nargs="+", default=[""], metavar="TEXT", help="curves whose name has one of these in it"
    )
    parser.add_argument("--mistakes", action="store_true", help="only curves of what is wrong")
    options = parser.parse_args()
    load_program()
    commands = every_curve_of_commands()
    codes, left_out = of_codes()
    always = [*([] if options.mistakes else commands), *of_mistakes()]
    always = [curve for curve in always if any(text in curve.name for text in options.only)]
    codes = [curve for curve in codes if any(text in curve.name for text in options.only)]
    budget = FULL_BUDGET if options.full else BUDGET
    print(
        f"{len(always)} curves and {len(codes)} codes, runs of {budget:g} s beyond start-up; an exponent may be "
        f"{LIMIT}"
    )
    print(
        f"  little: less than {LEAST_LAST:g} s, or {LEAST_LAST_MEMORY:g} MB in the last doubling: nothing is told"
    )
    slopes: list[Growth] = []
    failed: list[str] = []
    unsaid: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "project"

        def try_curve(curve: Curve, *, is_certain: bool) -> None:
            try:
                if not is_certain and not is_suspect(curve, folder):
                    told = (folder / ".said").read_text("utf-8", "replace")
                    unsaid.extend([] if curve.says in told else [curve.says])
                    return
                growth = measure(curve, budget, folder)
                growth = growth if growth.is_met else measure(curve, 3 * budget, folder, 2)
            except AssertionError as error:
                print(f"  {curve.name:<44} FAILED: {error}", flush=True)
                failed.append(curve.name)
                return
            print(growth, flush=True)
            slopes.append(growth)

        for curve in always:
            try_curve(curve, is_certain=True)
        for curve in codes:
            try_curve(curve, is_certain=options.codes)
    for command, why in sorted(CONSTANT.items()):
        print(f"  not measured here: {command}: it {why}")
    for reason, ids in left_out.items():
        print(f"  not measured here: {', '.join(ids)}: each {reason}")
    if unsaid:
        print(f"  not told where the example stands so many times, something else is: {', '.join(unsaid)}")
    too_fast = [growth.curve.name for growth in slopes if not growth.is_met]
    little = sum(growth.time is None for growth in slopes)
    worst = max((growth.time or 0.0 for growth in slopes), default=0.0)
    worst_memory = max((growth.memory or 0.0 for growth in slopes), default=0.0)
    print(f"  {little} curves take too little time to have an exponent, whatever their size")
    count = len(always) + len(codes)
    report(
        "growth",
        exponent=worst,
        figures=f"{count} curves, memory at most {worst_memory:.2f}, {len(too_fast)} above {LIMIT}",
    )
    if too_fast:
        print("grow faster than their input: " + ", ".join(too_fast))
    if failed:
        print("not measured: " + ", ".join(failed))
    if too_fast or failed:
        sys.exit(1)


def every_curve_of_commands() -> list[Curve]:
    """The curves of commands. Raises `AssertionError` where a command has none."""
    curves = [*of_commands()]
    commands = set(every_command())
    missing = commands - {curve.command for curve in curves} - CONSTANT.keys()
    assert not missing, f"no curve for: {', '.join(sorted(missing))}"
    unknown = ({curve.command for curve in (*curves, *of_mistakes())} | CONSTANT.keys()) - commands
    assert not unknown, f"no such command: {', '.join(sorted(unknown))}"
    return curves


if __name__ == "__main__":
    main()
