"""Generated code: the time to generate it, its size in a bundle, and the time of an `update` beside the call by hand.

    python benchmarks/generated.py [--rounds N]

The specs declare as much as a workspace holds, 250 attributes and 120 events. Sizes and times of TypeScript need what
`make typescript` installs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from measuring import own_peak, report

from intercom_iac.generating import GenerateOptions, python_files, typescript_files
from intercom_iac.model import Schema
from intercom_iac.project import find_project
from intercom_iac.specs import digest, load_specs
from support.node import node_program
from support.typescript.programs import HERE

TYPES = ("string", "integer", "float", "boolean", "date")
BY_HAND = """\
window.Intercom("update", { attribute_0: "pro", attribute_1: 3 });
window.Intercom("trackEvent", "event_0", { key_0: "pro" });
"""
GENERATED = """\
import { trackEvent, update } from "./app/index.js";
update({ attribute_0: "pro", attribute_1: 3 });
trackEvent("event_0", { key_0: "pro" });
"""
# An update a turn of the event loop, as code that reacts to what a person does sends them.
TIMED = """\
import { performance } from "node:perf_hooks";
globalThis.window = { Intercom: () => {}, addEventListener: () => {} };
const { configure, update } = await import("./timed.bundle.js");
configure({ onProblem: () => {} });
const COUNT = 200_000;
const measure = (call) => {
  const begin = performance.now();
  for (let count = 0; count < COUNT; count += 1) call(count);
  return ((performance.now() - begin) * 1000) / COUNT;
};
const rounds = { generated: [], hand: [] };
for (let round = 0; round < 7; round += 1) {
  rounds.hand.push(measure((seats) => window.Intercom("update", { attribute_0: "pro", attribute_1: seats })));
  rounds.generated.push(measure((seats) => update({ attribute_0: "pro", attribute_1: seats })));
}
const median = (times) => times.sort((one, other) => one - other)[3];
console.log(JSON.stringify({ generated: median(rounds.generated), hand: median(rounds.hand) }));
process.exit(0);
"""


def specs(part: int) -> str:
    """One of ten files with 25 attributes and 12 events."""
    lines = ["version: 1", "attributes:", "  contact:"]
    for number in range(part * 25, part * 25 + 25):
        lines += [
            f"    attribute_{number}:",
            f"      type: {TYPES[number % len(TYPES)]}",
            f"      description: What attribute {number} says, and where it comes from",
            "      owner: growth",
            "      messenger_writable: true",
        ]
    lines.append("events:")
    for number in range(part * 12, part * 12 + 12):
        lines += [f"  event_{number}:", f"    description: What event {number} tells", "    metadata:"]
        lines += [
            f"      key_{key}: {{type: {TYPES[key % len(TYPES)]}, description: What key {key} says}}"
            for key in range(4)
        ]
    return "\n".join(lines) + "\n"


def seconds(work: Callable[[], object]) -> float:
    """Of the processor, whatever else the machine does."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7)
    rounds: int = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "specs").mkdir()
        (root / "intercom-iac.yaml").write_text("version: 1\n")
        for part in range(10):
            (root / "specs" / f"part_{part}.yaml").write_text(specs(part))

        def load() -> Schema:
            return load_specs(find_project(root)).or_raise()

        schema = load()

        def emit(emitter: Callable[[Schema, GenerateOptions], object]) -> None:
            emitter(schema, GenerateOptions(specs_digest=digest(schema)))

        emitters = {"typescript": typescript_files, "python": python_files}
        for emitter in emitters.values():
            emit(emitter)
        times: dict[str, list[float]] = {"load": [], **{name: [] for name in emitters}}
        for _ in range(rounds):
            times["load"].append(seconds(load))
            for language, emitter in emitters.items():
                times[language].append(seconds(lambda emitter=emitter: emit(emitter)))
        loading = statistics.median(times["load"])
        print(f"250 attributes and 120 events: loading the specs {loading * 1000:.0f} ms")
        for language in emitters:
            generating = statistics.median(times[language])
            print(f"  generate {language}: {generating * 1000:.0f} ms more")
            pairs = zip(times[language], times["load"], strict=True)
            report(language, ratios=[1 + one / other for one, other in pairs], memory=own_peak())
        measure_typescript(root, schema)


def measure_typescript(root: Path, schema: Schema) -> None:
    """Prints the sizes of a page that updates a contact and sends an event, and the time of an update."""
    programs = [*HERE.glob("node_modules/@esbuild/*/bin/esbuild")]
    if not programs:
        print("  TypeScript is not measured: run `make typescript`")
        return
    (root / "app").mkdir()
    (index,) = (
        file.text
        for file in typescript_files(schema, GenerateOptions(specs_digest=""))
        if file.path == "index.ts"
    )
    (root / "app" / "index.ts").write_text(index)
    (root / "package.json").write_text('{"type": "module", "sideEffects": false}')
    (root / "hand.ts").write_text(BY_HAND)
    (root / "page.ts").write_text(GENERATED)
    (root / "timed.ts").write_text('export { configure, update } from "./app/index.js";\n')
    (root / "timed.js").write_text(TIMED)
    sizes: dict[str, int] = {}
    for page in ("hand", "page", "timed"):
        bundle = root / f"{page}.bundle.js"
        subprocess.run(
            [programs[0], root / f"{page}.ts", "--bundle", "--format=esm", "--minify", f"--outfile={bundle}"],
            check=True,
            capture_output=True,
        )
        sizes[page] = len(gzip.compress(bundle.read_bytes(), mtime=0))
    print(
        f"  TypeScript for production, gzipped: {sizes['page']:,} bytes with the rules of 250 attributes and none of"
    )
    print(f"    119 events that are not sent; the same two calls by hand {sizes['hand']:,} bytes, unchecked")
    report("page", figures=" and ".join(f"{sizes[page] / 1000:.1f} KB" for page in ("page", "hand")))
    done = subprocess.run([node_program(), root / "timed.js"], check=True, capture_output=True, text=True)
    took = json.loads(done.stdout)
    print(
        f"  update of two attributes, checked and kept to be sent: {took['generated']:.2f} µs; "
        f"the call by hand, to a Messenger that does nothing: {took['hand']:.3f} µs"
    )


if __name__ == "__main__":
    main()
