"""A rule that does not read, answered with the rule it should be, against compiling that rule.

The pairs are those of tests/golden/rules/wordings.md, held to the specs of this repository.
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from statistics import median

from measuring import own_peak, report

from intercom_iac.project import find_project
from intercom_iac.rules import compile_rule
from intercom_iac.specs import load_specs
from intercom_iac.text import Excerpt

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "tests" / "golden" / "rules" / "wordings.md"
PAIR = re.compile(r"^(.+?) ~~> (.+)$", re.MULTILINE)
ROUNDS = 3
# Several clauses that do not read, in one rule.
MOST = 6


def main() -> None:
    schema = load_specs(find_project(ROOT)).or_raise()

    def milliseconds(text: str) -> float:
        """The best of some rounds, of this process alone."""
        taken: list[float] = []
        for _ in range(ROUNDS):
            begin = time.process_time()
            compile_rule(Excerpt.from_text(text, "<rule>"), schema)
            taken.append(time.process_time() - begin)
        return 1000 * min(taken)

    pairs: list[tuple[str, str]] = PAIR.findall(PAGE.read_text("utf-8"))
    valid = [milliseconds(right) for _, right in pairs]
    broken = [milliseconds(wrong) for wrong, _ in pairs]
    # The costliest of them together: what work a rule may take is bounded by rule, not by clause.
    costliest = sorted(zip(broken, pairs, strict=True), reverse=True)[:MOST]
    together = milliseconds(" and ".join(wrong for _, (wrong, _) in costliest))
    print(f"answering {len(pairs)} rules that do not read, CPU time, best of {ROUNDS}")
    print(f"  valid, median        {median(valid):7.2f} ms   1.00x")
    print(f"  broken, median       {median(broken):7.2f} ms  {median(broken) / median(valid):5.2f}x")
    report(
        "repairs",
        ratios=(median(broken) / median(valid),),
        seconds=max(broken) / 1000,
        memory=own_peak(),
        figures=f"{len(pairs)} rules",
    )
    print(f"  broken, the worst    {max(broken):7.2f} ms  {max(broken) / median(valid):5.2f}x")
    print(f"  the {MOST} worst in one   {together:7.2f} ms  {together / median(valid):5.2f}x")


if __name__ == "__main__":
    main()
