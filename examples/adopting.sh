#!/usr/bin/env bash
# A workspace that is already there: filled by hand over years, it is audited, its specs are imported and the plan is
# empty; an attribute is renamed by stages; somebody edits by hand and the specs take it over; what staging has is promoted to
# production. Works in a temporary folder and on embedded workspaces: nothing leaves this machine.
set -euo pipefail

examples=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$scratch"' EXIT
cd "$scratch"

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.com
export GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.com

step() { printf '\n\033[1m== %s\033[0m\n' "$1"; }
# Prints and runs a command of the program, and fails unless it exits with the given code.
ends_with() {
    local wanted=$1 code=0
    shift
    printf '\033[2m$ intercom-iac %s\033[0m\n' "$*"
    intercom-iac "$@" || code=$?
    [ "$code" = "$wanted" ] || { echo "that ended with $code, not with $wanted"; exit 1; }
}
commit() { git add --all && git commit --quiet --message "$1"; }
# Serves the staging workspace while a Python program works on it by hand, whose text is on standard input.
by_hand() {
    rm -f serve.txt
    mkfifo serve.txt
    intercom-iac sandbox serve --port 0 --db staging.db > serve.txt &
    server=$!
    exec 3< serve.txt
    # The server prints its first line when it listens; `read` waits for it, or for the end if it fails.
    read -r line <&3
    PYTHONPATH="$examples" python3 - "$(sed -n 's/.* at \(http[^;]*\);.*/\1/p' <<< "$line")"
    kill "$server"
    wait "$server" || true
    server=
    exec 3<&-
    rm -f serve.txt
}

step "A workspace as years of work by hand leave it"
cat > intercom-iac.yaml <<'YAML'
version: 1
default_workspace: staging
workspaces:
  staging: {sandbox: staging.db}
  production: {sandbox: production.db}
YAML
mkdir specs
by_hand <<'PY'
import sys

from messy_workspace import Workspace, fill

fill(Workspace(sys.argv[1]), people=60)
PY
echo '{"field": "custom_attributes.is_admin", "operator": "=", "value": "yes"}' > query.json
intercom-iac sandbox segment add "Admins, do not touch" --query query.json --db staging.db
intercom-iac sandbox segment add "Webinar Q3" --db staging.db
rm query.json

step "What is in it, and what is wrong with it? It reads only, and needs no specs"
ends_with 0 audit -w staging
intercom-iac audit -w staging --format html > audit.html
echo "the same to send round: audit.html, $(wc -c < audit.html) bytes"

step "Its specs, written from what it has; the plan is empty, and a second import writes nothing"
ends_with 0 import -w staging
ends_with 0 plan -w staging --detailed-exitcode
ends_with 0 import -w staging
git init --quiet --initial-branch=main
printf '*.db*\n.intercom-iac/\naudit.html\nplan.json\n' > .gitignore
commit "The specs of what is there"

step "From here on the specs lead: an audience more"
cat > specs/growth.yaml <<'YAML'
version: 1
segments:
  unhappy:
    name: Unhappy people
    rule: nps_score < 7 and plan_type = pro  # 0 to 6 are detractors
    publish: [audience]
YAML
ends_with 0 apply -w staging --auto-approve
commit "An audience of unhappy people"

step "A rename: written into every file, applied by stages"
ends_with 0 mv attribute.contact.nps_score nps_answer
ends_with 0 breaking --against HEAD
ends_with 2 plan -w staging --detailed-exitcode
ends_with 0 apply -w staging --auto-approve

step "The values are copied to the new name, where there is none yet"
ends_with 0 sync -w staging --replace nps_answer --auto-approve
ends_with 0 plan -w staging

step "The rules move to the new one"
ends_with 0 apply -w staging --auto-approve

step "Nothing reads the old one any more: it is archived"
python3 - <<'PY'
from pathlib import Path

[path] = (path for path in Path("specs").rglob("*.yaml") if "status: deprecated" in path.read_text())
path.write_text(path.read_text().replace("status: deprecated", "status: archived"))
PY
ends_with 0 apply -w staging --auto-approve --allow-destructive
ends_with 0 plan -w staging --detailed-exitcode
commit "nps_score is nps_answer"

step "Somebody edits by hand at night: drift finds it (exit 2), and the specs take it over"
by_hand <<'PY'
import sys

from messy_workspace import Workspace

workspace = Workspace(sys.argv[1])
attributes = workspace.call("GET", "/data_attributes?model=contact")["data"]
[plan] = [attribute for attribute in attributes if attribute["name"] == "plan_type"]
workspace.call("PUT", f"/data_attributes/{plan['id']}", {"description": "Billing plan, as sold since May"})
PY
ends_with 2 drift -w staging --sample 100
ends_with 0 drift -w staging --sample 100 --adopt attribute.contact.plan_type
commit "Plans as sold since May"
ends_with 0 drift -w staging --sample 100

step "What staging has goes to production: attributes by their names, people never"
ends_with 0 promote --from staging --to production --out plan.json
ends_with 0 apply plan.json --auto-approve
ends_with 0 diff -w staging -w production

echo
echo "All of that was in $scratch, which is removed now. Next: docs/adopting.md, docs/drift.md, docs/renames.md."
