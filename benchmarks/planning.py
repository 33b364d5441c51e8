"""A plan of 250 attributes, 120 events and 100 segments on the embedded workspace: time, and calls of the API.

The number of calls does not grow with the number of entries, except for pages.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median

from measuring import own_peak, report

from intercom_iac.planning import plan
from intercom_iac.project import find_project
from intercom_iac.specs import digest, load_specs
from intercom_iac.workspace import Target, open_workspace

ROUNDS = 7
PROJECT = "version: 1\nworkspaces:\n  sandbox: {sandbox: .intercom-iac/sandbox.db}\n"


def specs(attributes: int, events: int, segments: int) -> str:
    lines = ["version: 1", "attributes:", "  contact:"]
    lines += [f"    field_{n}: {{type: integer, description: Number {n}}}" for n in range(attributes)]
    lines += ["events:"]
    lines += [f"  event_{n}: {{metadata: {{amount: {{type: integer}}}}}}" for n in range(events)]
    lines += ["segments:"]
    for n in range(segments):
        rule = f"field_{n % attributes} > {n} and not field_{(n + 1) % attributes} = 3"
        lines += [f"  segment_{n}:", f"    name: Segment {n}", f"    rule: {rule}", "    publish: [tag]"]
    return "\n".join(lines) + "\n"


def cost_of(attributes: int, events: int, segments: int) -> tuple[float, float, int, int]:
    """Seconds to load, seconds to read the workspace and plan, calls, changes."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "specs").mkdir()
        (root / "intercom-iac.yaml").write_text(PROJECT)
        (root / "specs" / "all.yaml").write_text(specs(attributes, events, segments))
        project = find_project(root)
        begin = time.perf_counter()
        schema = load_specs(project).or_raise()
        loaded = time.perf_counter() - begin
        workspace = open_workspace(Target("sandbox", sandbox=root / ".intercom-iac" / "sandbox.db"))
        begin = time.perf_counter()
        made = plan(schema, workspace.snapshot(), workspace="sandbox", specs_digest=digest(schema))
        planned = time.perf_counter() - begin
        workspace.close()
        return loaded, planned, workspace.calls, len(made.changes)


def main() -> None:
    cost_of(10, 5, 5)
    print(f"load and plan in process, median of {ROUNDS}")
    floor = 0.0
    calls: list[int] = []
    for size in ((10, 5, 5), (250, 120, 100)):
        runs = [cost_of(*size) for _ in range(ROUNDS)]
        load_time, plan_time = median(run[0] for run in runs), median(run[1] for run in runs)
        floor = floor or load_time + plan_time
        calls.append(runs[0][2])
        named = "{} attributes, {} events, {} segments".format(*size)
        print(
            f"  {named:<45} load {1000 * load_time:6.1f} ms, plan {1000 * plan_time:6.1f} ms "
            f"({(load_time + plan_time) / floor:4.1f}x), {runs[0][2]} calls for {runs[0][3]} changes"
        )
    few, many = calls
    report(
        "calls",
        ratios=(many / few,),
        seconds=load_time + plan_time,
        memory=own_peak(),
        figures=f"{many} calls and {few}",
    )


if __name__ == "__main__":
    main()
