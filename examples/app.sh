#!/usr/bin/env bash
# An application that sends data by generated code: its specs are applied, its page and its server are compiled against
# them, a browser opens the page, and the contact is looked at. Then a spec changes, and what no longer fits is an error of
# the compiler. At last a million events, as they were sent, are checked. Works in a temporary folder and on an embedded
# workspace: nothing leaves this machine. It needs Chromium, and TypeScript as `make demo-app` installs it.
set -euo pipefail

examples=$(cd "$(dirname "$0")" && pwd)
events=${EVENTS:-1000000}
compiler=${TSC:-$examples/app/web/node_modules/typescript/bin/tsc}
[ -e "$compiler" ] || { echo "TypeScript is not installed: run \`make demo-app\`"; exit 1; }
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
    { echo "this demo opens a page: install Chromium (apt-get install chromium)"; exit 1; }

scratch=$(mktemp -d)
started=()
trap 'kill "${started[@]}" 2>/dev/null || true; wait; rm -rf "$scratch"' EXIT
cp -r "$examples/app/"{intercom-iac.yaml,specs,server} "$scratch"
mkdir "$scratch/web"
cp "$examples/app/web/"*.{ts,html,json} "$scratch/web"
cd "$scratch"

step() { printf '\n\033[1m== %s\033[0m\n' "$1"; }
# Prints and runs a command, and fails unless it exits with the given code.
ends_with() {
    local wanted=$1 code=0
    shift
    printf '\033[2m$ %s\033[0m\n' "$*"
    "$@" || code=$?
    [ "$code" = "$wanted" ] || { echo "that ended with $code, not with $wanted"; exit 1; }
}
tsc() { node "$compiler" "$@"; }
# Starts a server, and waits for its first line, which has its address: `address` is that, or empty if it failed.
start() {
    rm -f first-line
    mkfifo first-line
    "$@" > first-line &
    started+=($!)
    exec 3< first-line
    read -r line <&3 || line=
    exec 3<&-
    address=$(grep -o 'http://[0-9.:]*' <<< "$line")
}

step "The specs, and the workspace with what they declare"
ends_with 0 intercom-iac check
ends_with 0 intercom-iac apply --auto-approve

step "Code for the page and for the server, which the compiler holds them to"
ends_with 0 intercom-iac generate typescript --out web/intercom
ends_with 0 intercom-iac generate python --out server/intercom_data
ends_with 0 tsc -p web

step "The application, beside an embedded workspace that its page may call"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
start intercom-iac sandbox serve --port 0 --allow-origin "http://127.0.0.1:$port"
workspace=$address
export INTERCOM_TOKEN=any INTERCOM_URL=$workspace MESSENGER_SCRIPT=$workspace/sandbox/messenger/widget.js
start python3 server/server.py --port "$port"
echo "the page is at $address, the workspace at $workspace"

step "Somebody makes a board and upgrades, in a browser"
# Its sockets lie in TMPDIR, whose path may be too long for one.
TMPDIR=/tmp "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --user-data-dir="$scratch/profile" \
    --virtual-time-budget=60000 --dump-dom "$address/#tour" 2> browser.txt > page.html ||
    { cat browser.txt; exit 1; }
grep -o '<li>[^<]*' page.html | sed 's/<li>/  /'

step "What Intercom knows of that person now: the page's part, and the server's"
python3 - "$workspace" <<'PY'
import json
import sys
from urllib.request import Request, urlopen


def get(path):
    request = Request(sys.argv[1] + path, headers={"Authorization": "Bearer any"})
    return json.load(urlopen(request))


contact = get("/contacts/find_by_external_id/42")
print(contact["name"], json.dumps(contact["custom_attributes"], indent=2))
for event in get("/events?type=user&user_id=42")["events"]:
    print(event["event_name"], json.dumps(event["metadata"]))
PY

step "A spec changes: another template, and a key that every event needs"
sed -i 's/options: \[blank, kanban, roadmap\]/options: [blank, scrum, roadmap]/' specs/boards.yaml
sed -i 's/^\( *\)is_first:$/&\n\1  required: true/' specs/boards.yaml
ends_with 1 intercom-iac generate typescript --out web/intercom --check
ends_with 1 intercom-iac generate python --out server/intercom_data --check

step "The code is made anew, and the compiler shows what no longer fits"
ends_with 0 intercom-iac generate typescript --out web/intercom
ends_with 0 intercom-iac generate python --out server/intercom_data
ends_with 1 tsc -p web

step "The page follows"
sed -i 's/"kanban"/"scrum"/' web/main.ts
ends_with 0 tsc -p web
ends_with 0 intercom-iac generate typescript --out web/intercom --check
ends_with 0 intercom-iac usages web server

step "A million events that were sent before, held to the specs"
python3 - "$events" <<'PY' > events.ndjson
import sys

RIGHT = '{"event_name":"board_created","created_at":%d,"user_id":"%d","metadata":{"template":"roadmap","is_first":%s}}'
WRONG = {
    '"board_created"': '"Board Created"',
    ',"user_id"': '000,"user_id"',
    '"roadmap"': '"kanban"',
}

count = int(sys.argv[1])
for number in range(count):
    line = RIGHT % (1_760_000_000 + number, number % 5000, "false" if number % 7 else "true")
    if number and number % (count // 4) == 0:
        line = line.replace(*WRONG.popitem())
    print(line)
PY
echo "events.ndjson: $(wc -l < events.ndjson) lines, $(du -m events.ndjson | cut -f1) MB"
ends_with 1 intercom-iac payload check events.ndjson --kind event

echo
echo "All of that was in $scratch, which is removed now. Next: docs/generated-code.md, docs/payloads.md, docs/usages.md."
