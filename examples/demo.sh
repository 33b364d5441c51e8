#!/usr/bin/env bash
# A tour on the reference specs: check, plan, apply, an empty plan, then one change. Works in a temporary copy and on the
# embedded workspace: nothing leaves this machine, and the repository is not changed.
set -euo pipefail

repository=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -R "$repository/intercom-iac.yaml" "$repository/specs" "$scratch/"
cd "$scratch"

step() { printf '\n\033[1m== %s\033[0m\n' "$1"; }
quoted() {
    for word; do
        case $word in *[!A-Za-z0-9._/=-]*) printf " '%s'" "$word" ;; *) printf ' %s' "$word" ;; esac
    done
}
run() { printf '\033[2m$ intercom-iac%s\033[0m\n' "$(quoted "$@")"; intercom-iac "$@"; }
# A plan with changes exits with 2, one without with 0; anything else is a failure of the demo.
plan_ends_with() {
    local wanted=$1 code=0
    shift
    run plan --detailed-exitcode "$@" || code=$?
    [ "$code" = "$wanted" ] || { echo "the plan ended with $code, not with $wanted"; exit 1; }
}

step "The specs are right"
run check

step "What rules mean is proved: of all people, with one as the witness"
run rule relate "plan_type is not pro or plan_type is not enterprise" 2> /dev/null
run segment relate trial_ending_soon power_users_not_paid

step "The first plan: everything is new; saved, as a pull request would have it reviewed"
plan_ends_with 2 --out plan.json

step "Apply does what was reviewed"
run apply plan.json

step "What the API cannot do, a person does: building a segment in Intercom"
run sandbox segment add "At-risk enterprise"

step "The second plan: nothing differs"
plan_ends_with 0

step "People arrive; a segment's rule is a search"
run sandbox seed --people 200
run segment compile power_users_not_paid

step "One spec changes, and the plan shows just that"
python3 - <<'PY'
from pathlib import Path

for path in Path("specs").glob("*.yaml"):
    text = path.read_text()
    if "options: [free, trial, pro, enterprise]" in text:
        path.write_text(text.replace("options: [free, trial, pro, enterprise]", "options: [free, trial, team, pro, enterprise]"))
PY
plan_ends_with 2

step "A rule that cannot work fails in review, not in a campaign"
run rule compile "plan_type = premium" || true

echo
echo "All of that was in $scratch, which is removed now. Next: README.md, the ten-minute tour."
