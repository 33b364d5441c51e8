#!/usr/bin/env bash
# People of a team's own table brought in line in Intercom: a dry run, a run that is killed half-way and one that goes on,
# an upgrade whose plan arrives before its event, a run with nothing left to do, a published segment whose tag follows.
# Works in a scratch folder and on the embedded workspace: nothing leaves this machine. PEOPLE says how many there are.
set -euo pipefail

people=${PEOPLE:-100000}
examples=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

step() { printf '\n\033[1m== %s\033[0m\n' "$1"; }
quoted() {
    for word; do
        case $word in *[!A-Za-z0-9._/=-]*) printf " '%s'" "$word" ;; *) printf ' %s' "$word" ;; esac
    done
}
run() { printf '\033[2m$ intercom-iac%s\033[0m\n' "$(quoted "$@")"; intercom-iac "$@"; }

cat > intercom-iac.yaml <<'YAML'
version: 1
workspaces:
  production: {sandbox: .intercom-iac/sandbox.db}
sources:
  people: {kind: file, path: people.parquet, map: {plan: plan_type}}
  upgrades: {kind: file, of: events, path: upgrades.parquet}
YAML
mkdir specs
cat > specs/billing.yaml <<'YAML'
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, trial, pro, enterprise], description: What the person pays for}
    seats: {type: integer, description: Seats in use}
events:
  upgraded:
    description: A person went to a bigger plan
    metadata: {to: {type: string}}
segments:
  big_customers:
    name: Big customers
    rule: plan_type = enterprise
    publish: [tag]
YAML

step "A workspace with $people people, and the same people in a table"
run apply --auto-approve
python3 "$examples/many_people.py" .intercom-iac/sandbox.db "$people"

step "The first comparison reads the workspace; nothing differs"
run sync contacts people --dry-run

step "One person in a hundred upgrades; a dry run says what would be written"
python3 "$examples/many_people.py" --upgrade "$people"
run sync contacts people --dry-run

step "The run is killed half-way"
intercom-iac sync --auto-approve --parallelism 1 > killed.txt 2>&1 &
pid=$!
# The journal has lines for the writes that were begun. Looking starts no program, so the kill does not come too late.
begun=()
until [ "${#begun[@]}" -gt $((people / 400)) ]; do
    kill -0 "$pid" 2>/dev/null || { echo "it came to its end before"; cat killed.txt; exit 1; }
    journals=(.intercom-iac/journal/*.writes.jsonl)
    if [ -s "${journals[0]}" ]; then mapfile -t begun < "${journals[0]}"; fi
done
kill -KILL "$pid"
wait "$pid" 2>/dev/null || true
echo "killed"

step "The next run goes on from there: what is done is not looked at again, and plans come before events"
run sync --auto-approve

step "A second run has nothing to send"
run sync --auto-approve

step "The tag of the segment follows"
run segment publish big_customers --auto-approve
run segment publish big_customers --dry-run

step "Somebody empties a column of the table: the limit of the project stops it"
python3 - <<'PY'
import duckdb

duckdb.sql("copy (select external_id, 'free' as plan, seats from 'people.parquet') to 'people.new.parquet'")
PY
mv people.new.parquet people.parquet
echo 'safety: {max_change_percent: 5}' >> intercom-iac.yaml
code=0
run sync contacts people --auto-approve || code=$?
[ "$code" = 6 ] || { echo "it ended with $code, not with 6"; exit 1; }

echo
echo "Done; $people people were kept in line."
