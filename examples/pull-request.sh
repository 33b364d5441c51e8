#!/usr/bin/env bash
# A pull request from its branch to the workspace: three specs are edited, one edit breaks something and is accepted, the
# plan is reviewed, merged and applied; then somebody changes the workspace by hand, and the same plan is refused. Works in
# a temporary repository and on the embedded workspace: nothing leaves this machine, and this repository is not changed.
set -euo pipefail

repository=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$scratch"' EXIT
cp -R "$repository/intercom-iac.yaml" "$repository/specs" "$scratch/"
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
replace() {
    python3 - "$@" <<'PY'
import sys
from pathlib import Path

path, old, new = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
text = path.read_text()
assert old in text, f"{path} has no {old!r}"
path.write_text(text.replace(old, new, 1))
PY
}

step "A repository whose main branch is what the workspace is"
git init --quiet --initial-branch=main
printf '.intercom-iac/\nplan.json\n' > .gitignore
commit "The specs"
ends_with 0 plan --out plan.json
ends_with 0 apply plan.json

step "A branch: an option more, an option less, a description, a segment that asks earlier"
git checkout --quiet -b plans
replace specs/billing.yaml "trial, pro, enterprise" "trial, team, pro, enterprise"
replace specs/lifecycle.yaml "event, outbound, other" "event, other"
replace specs/segments.yaml "within next 3 days" "within next 5 days"
replace specs/segments.yaml "today + 4 days" "today + 6 days"
replace specs/product.yaml "Latest answer, 0 to 10" "Last answer, 0 to 10"
commit "Plans of this year"

step "What every pull request is asked: is it right, what does it break, who enters a segment? No secret, no workspace"
ends_with 1 check --against main
ends_with 1 breaking --against main

step "The breaking change is meant: it is accepted, in the project file, for a time and with a reason"
expires=$(python3 -c 'from datetime import *; print(datetime.now(timezone.utc).date() + timedelta(days=90))')
cat >> intercom-iac.yaml <<YAML
accept:
  - address: attribute.contact.source
    code: BACK703
    reason: nobody has come by cold calls since 2024
    expires: $expires
YAML
commit "Accept the end of outbound"
ends_with 0 check --against main
ends_with 0 breaking --against main

step "What it would do to the workspace: saved, and as the comment under the pull request"
ends_with 0 plan --out plan.json
ends_with 0 show plan.json --format markdown

step "Reviewed and merged: what was reviewed is applied"
git checkout --quiet main
git merge --quiet --no-ff --message "Merge plans" plans
ends_with 0 apply plan.json

step "Somebody edits the workspace by hand"
# The server prints its first line when it listens. `read` waits for it, or for the end of the output if it fails.
mkfifo serve.txt
intercom-iac sandbox serve --port 0 > serve.txt &
server=$!
exec 3< serve.txt
read -r line <&3
url=$(sed -n 's/.* at \(http[^;]*\);.*/\1/p' <<< "$line")
python3 - "$url" <<'PY'
import json
import sys
from urllib.request import Request, urlopen

url, headers = sys.argv[1], {"Authorization": "Bearer x", "Content-Type": "application/json"}
listed = json.load(urlopen(Request(f"{url}/data_attributes?model=contact", headers=headers)))
[role] = [each for each in listed["data"] if each["name"] == "job_role"]
body = json.dumps({"description": "Edited by hand"}).encode()
urlopen(Request(f"{url}/data_attributes/{role['id']}", body, headers, method="PUT"))
print("attribute.contact.job_role: Edited by hand")
PY
kill "$server"
wait "$server" || true
server=

step "The same plan is stale: it is applied, and what it rests on has moved besides (exit 6)"
ends_with 6 apply plan.json

echo
echo "All of that was in $scratch, which is removed now. Next: docs/ci.md, the same in GitHub and GitLab."
