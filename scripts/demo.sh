#!/usr/bin/env bash
# A town to play with: build, create a demo commune once, start the server and the tablet app, say who can log in.
# The data stays in demo-data/ from one run to the next; delete the folder to start afresh.
#
#   PREAU_DEMO_ONCE=1   stop after the picture of the tablet, which is then always taken on a screen of its own
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

data=demo-data
server=target/debug/preau-server
tablet=target/debug/preau-tablet-app
once=${PREAU_DEMO_ONCE:-}
# What this script started and has to end.
started=()

in_memory() { [ -n "$once" ] || ! has_screen; }

# --- starting and ending ----------------------------------------------------------------------------------------

end_all() {
    local pid
    trap - EXIT INT TERM
    # The last first: a window before its screen.
    for ((i = ${#started[@]} - 1; i >= 0; i--)); do
        pid=${started[i]}
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
}

# Poll until a command succeeds; give up after so many seconds.
within() {
    local seconds=$1 end
    shift
    end=$((SECONDS + seconds))
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.2
    done
}

alive() { kill -0 "$1" 2>/dev/null; }

# --- the server -------------------------------------------------------------------------------------------------

# On a weekend nobody is expected anywhere: the demo then plays on the Monday that follows, at going-home time.
set_clock() {
    local ahead=$((8 - $(date +%u)))
    clock=()
    [ "$ahead" -gt 2 ] || clock=(--now "$(date -d "+$ahead days" +%Y-%m-%d)T16:40:00+01:00")
    [ "$ahead" -gt 2 ] || printf 'Nobody is expected on a weekend: the clocks of the demo start at %s.\n' "${clock[1]}"
}

create_commune() {
    "$server" --data "$data" --json commune list 2>/dev/null | grep -q '"slug": *"demo"' ||
        "$server" --data "$data" "${clock[@]}" commune create demo --name "Ville de Démonstration" --demo >"$data/create.log"
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
    local port=4700
    while listens "$port"; do port=$((port + 1)); done
    printf '%s\n' "$port"
}

# bash speaks enough HTTP for this; curl may not be there.
healthy() {
    alive "$server_pid" || stop "The server ended: $(tail -n 5 "$data/server.log")"
    (
        exec 3<>"/dev/tcp/127.0.0.1/$port" || exit 1
        printf 'GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3
        head -n 1 <&3 | grep -q ' 200'
    ) 2>/dev/null
}

start_server() {
    port=$(free_port)
    "$server" --data "$data" "${clock[@]}" serve --listen "127.0.0.1:$port" >"$data/server.log" 2>&1 &
    server_pid=$!
    started+=("$server_pid")
    within 60 healthy || stop "The server does not answer: see $data/server.log."
}

# --- what to tell -----------------------------------------------------------------------------------------------

# The site of the tablet that opens.
first_site() { grep -A 3 '"tablet_codes"' "$data/demo.json" | grep -o '"site": *"[^"]*"' | cut -d '"' -f 4; }

# Read the logins, codes and PINs out of demo.json, which has one key a line; a record ends with its closing brace.
logins() {
    awk -v here="$(first_site)" '
        function value(line) { sub(/^[^:]*: *"/, "", line); sub(/",? *$/, "", line); return line }
        /"(agents|families|tablet_codes|sites|activities|guardians|children|staff)": *\[/ {
            list = $0; sub(/^ *"/, "", list); sub(/".*/, "", list); next
        }
        /"email": *"/    { email = value($0) }
        /"password": *"/ { password = value($0) }
        /"role": *"/     { role = value($0) }
        /"site": *"/     { site = value($0) }
        /"code": *"/     { code = value($0) }
        /"name": *"/     { name = value($0) }
        /"pin": *"/      { pin = value($0) }
        /}/ {
            if (list == "agents" && email)              printf "  agent     %s  %s  (%s)\n", email, password, role
            if (list == "guardians" && email && ++parents <= 3) printf "  parent    %s  %s\n", email, password
            if (list == "tablet_codes" && code)         printf "  tablet    %s  (%s)\n", code, site
            if (list == "staff" && pin && site == here)  printf "  PIN       %s  %s  (%s)\n", pin, name, role
            email = password = role = site = code = name = pin = ""
        }
    ' "$data/demo.json"
}

tell() {
    printf '\nPréau is running at http://127.0.0.1:%s\n\n' "$port"
    printf '  portal    http://127.0.0.1:%s/demo/\n' "$port"
    printf '  desk      http://127.0.0.1:%s/demo/gestion\n\n' "$port"
    logins
    printf '\nThe tablet that opens is associated already and asks who points: touch a name, type its PIN. Another one asks for the address above and for a code. A code serves once; for another one:\n'
    printf '  %s --data %s enrol demo --site SITE\n\n' "$server" "$data"
}

# --- the tablet -------------------------------------------------------------------------------------------------

start_screen() {
    # Xvfb picks a free number and writes it down. The number of an earlier run must not be taken for it.
    rm -f "$data/display"
    Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$data/display" >"$data/screen.log" 2>&1 &
    started+=("$!")
    within 20 test -s "$data/display" || stop "Xvfb does not start: see $data/screen.log."
    DISPLAY=":$(cat "$data/display")"
    export DISPLAY
    unset WAYLAND_DISPLAY
}

# The tablet that opens has a code of its own, so that its list is there at once and those of demo.json stay unused.
associate_tablet() {
    [ ! -e "$data/tablet/replica.db" ] || return 0
    local code
    code=$("$server" --data "$data" "${clock[@]}" --json enrol demo --site "$(first_site)" 2>"$data/tablet.log" |
        grep -o '"code": *"[^"]*"' | cut -d '"' -f 4) || true
    target/debug/preau-tablet --home "$data/tablet" "${clock[@]}" enrol --server "http://127.0.0.1:$port" \
        --code "$code" --name "Tablette de démonstration" >>"$data/tablet.log" 2>&1 ||
        stop "The tablet could not be associated: $(tail -n 3 "$data/tablet.log")"
}

start_tablet() {
    PREAU_TABLET_HOME="$data/tablet" "$tablet" "${clock[@]}" >"$data/tablet.log" 2>&1 &
    tablet_pid=$!
    started+=("$tablet_pid")
}

# A picture with more than a few colours, the same twice running: something is painted, and it has come to rest.
painted() {
    alive "$tablet_pid" || stop "The tablet app ended: $(tail -n 5 "$data/tablet.log")"
    local before
    before=$(identify -format '%#' "$data/tablet.png" 2>/dev/null || true)
    import -window root "$data/tablet.png" 2>/dev/null || return 1
    [ "$(identify -format '%k' "$data/tablet.png")" -gt 16 ] &&
        [ "$(identify -format '%#' "$data/tablet.png")" = "$before" ]
}

picture() {
    rm -f "$data/tablet.png"
    within 60 painted || stop "The tablet's window stays blank: see $data/tablet.log."
    printf 'The tablet, as it looks now: %s\n' "$PWD/$data/tablet.png"
}

# ----------------------------------------------------------------------------------------------------------------

if in_memory; then
    scripts/setup.sh server tablet screenshot
else
    scripts/setup.sh server tablet
fi
scripts/build-screens.sh
build_programs

mkdir -p "$data"
trap end_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

set_clock
create_commune
start_server
associate_tablet
tell
if in_memory; then
    [ -n "$once" ] || printf 'There is no screen here: the tablet app runs on one in memory.\n'
    start_screen
    start_tablet
    picture
else
    start_tablet
fi
[ -z "$once" ] || exit 0

printf 'Ctrl-C ends it all.\n'
# The server is what the demo lasts for; closing the tablet's window leaves it running.
wait "$server_pid" || stop "The server ended: $(tail -n 5 "$data/server.log")"
