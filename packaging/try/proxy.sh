#!/usr/bin/env bash
# Try packaging/nginx/preau.conf with a real nginx on the loopback, under a certificate made for the occasion: the desk,
# a tablet, announcements, what must be refused, and a process that is killed. Ends with "All of it held."
#
#   packaging/try/proxy.sh                                  one process on SQLite
#   PREAU_STORE=postgres://… packaging/try/proxy.sh         two processes; one is killed under load
#
# Needs nginx, openssl and curl, and the programs in target/debug (PREAU_BIN names another folder, NGINX_BIN another nginx).
set -euo pipefail
cd "$(dirname "$0")/../.."

bin=${PREAU_BIN:-$PWD/target/debug}
nginx=${NGINX_BIN:-nginx}
store=${PREAU_STORE:-}
slug=essai$$
work=$(mktemp -d)
started=()

finish() {
    local status=$? pid
    trap - EXIT
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait
    if [ "$status" = 0 ]; then rm -rf "$work"; else echo "Failed; everything is in $work." >&2; fi
    exit "$status"
}
trap finish EXIT

fail() {
    echo "NOT HELD: $*" >&2
    exit 1
}
held() { echo "  held: $*"; }
equal() { [ "$2" = "$3" ] || fail "$1: expected $3, got $2"; held "$1"; }
within() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.05
    done
}
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# --- one or two processes, and nginx before them ------------------------------------------------------------------------

server() { "$bin/preau-server" --data "$work/data" --json "$@" 2>>"$work/command.log"; }

https=$(free_port)
http=$(free_port)
base=https://localhost:$https
server commune create "$slug" --name "Ville d’Essai" --demo >"$work/created.json"

ports=()
serve() { # PORT
    "$bin/preau-server" --data "$work/data" --json serve --listen "127.0.0.1:$1" --metrics-listen 127.0.0.1:0 --address "$base" \
        >"$work/serve-$1.json" 2>>"$work/serve-$1.log" &
    started+=($!)
    within 60 grep -q listening "$work/serve-$1.json" || fail "no process listens on $1: $(tail -n 3 "$work/serve-$1.log")"
}
for _ in 1 ${store:+2}; do
    port=$(free_port)
    ports+=("$port")
    serve "$port"
done

# An authority and a certificate of its own: a tablet takes no certificate that is its own authority.
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Autorité d’essai" -keyout "$work/ca.key" -out "$work/ca.pem" 2>/dev/null
openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout "$work/privkey.pem" -out "$work/request.pem" 2>/dev/null
openssl x509 -req -days 2 -in "$work/request.pem" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial \
    -extfile <(echo subjectAltName=DNS:localhost) -out "$work/fullchain.pem" 2>/dev/null
{
    # As root, nginx gives its rights away, and with them those to this folder.
    [ -w /etc/passwd ] && echo "user root;"
    echo "daemon off; pid $work/nginx.pid; error_log $work/nginx.log; worker_processes 2; events { worker_connections 512; }"
    echo "http { access_log $work/access.log;"
    for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $work/$kind;"; done
    sed -e "s#server 127.0.0.1:4700 #server 127.0.0.1:${ports[0]} #" \
        -e "${ports[1]:+s/# server 127.0.0.1:4710 /server 127.0.0.1:${ports[1]} /}" \
        -e "s#listen 80;#listen 127.0.0.1:$http;#; s#listen 443 #listen 127.0.0.1:$https #; /listen \[::\]/d" \
        -e "s#preau\.example#localhost#; s#/etc/ssl/preau#$work#" packaging/nginx/preau.conf
    echo "}"
} >"$work/nginx.conf"
"$nginx" -q -t -c "$work/nginx.conf" -e "$work/nginx.log" || fail "nginx does not take the configuration"
"$nginx" -c "$work/nginx.conf" -e "$work/nginx.log" &
started+=($!)

ask() { curl --silent --show-error --cacert "$work/ca.pem" --cookie-jar "$work/jar" --cookie "$work/jar" "$@"; }
status() { ask --output /dev/null --write-out '%{http_code}' "$@"; }
answers() { [ "$(status "$base/healthz" 2>/dev/null)" = 200 ]; }
within 20 answers || fail "nothing answers at $base"

# --- what must be refused -------------------------------------------------------------------------------------------------

echo "The world outside"
equal "clear pages lead to https" "$(status "http://localhost:$http/$slug/gestion/connexion")" 308
equal "/metrics is hidden" "$(status "$base/metrics")" 404
equal "an exchange of 9 MiB is refused" "$(head -c 9437184 /dev/zero | status --data-binary @- "$base/v1/sync")" 413
for port in "${ports[@]}"; do
    equal "a forged X-Forwarded-Proto does not open /metrics" \
        "$(status --header 'X-Forwarded-For: 127.0.0.1' "http://127.0.0.1:$port/metrics")" 404
done

# --- the desk -------------------------------------------------------------------------------------------------------------

echo "The desk"
field() { python3 -c 'import json, sys; d = json.load(open(sys.argv[1])); print(next(a for a in d["agents"] if a["role"] == "gestionnaire")[sys.argv[2]])' "$work/data/demo.json" "$1"; }
login=$base/$slug/gestion/connexion
token() { ask "$login" | sed -n 's/.*name="jeton" value="\([^"]*\)".*/\1/p' | head -n 1; }
jeton=$(token)
ask --dump-header "$work/login.txt" --output /dev/null --header "Origin: $base" --data-urlencode "email=$(field email)" \
    --data-urlencode "mot_de_passe=$(field password)" --data-urlencode "jeton=$jeton" "$login"
grep -q '^HTTP/2 303' "$work/login.txt" || fail "logging in: $(head -n 1 "$work/login.txt")"
grep -qi '^set-cookie: __Host-preau-.*; Secure; HttpOnly' "$work/login.txt" || fail "the cookie is not bound to encryption"
held "logged in over https; the cookie is __Host-, Secure, HttpOnly"
equal "the day's page opens" "$(status "$base/$slug/gestion/jour")" 200
head -c 20000000 /dev/zero >"$work/large.csv"
large=$(status --form "fichier=@$work/large.csv" "$base/$slug/gestion/import")
case $large in 413 | 5*) fail "a file to import of 20 MB: $large" ;; esac
held "a file to import of 20 MB reaches the server ($large)"

# --- announcements ----------------------------------------------------------------------------------------------------------

echo "Announcements"
ask --no-buffer --max-time 60 --header 'Accept: text/event-stream' "$base/$slug/gestion/evenements" >"$work/events" 2>/dev/null &
listener=$!
started+=("$listener")
said() { [ "$(grep -c '^data:' "$work/events")" -ge "$1" ]; }
within 10 said 1 || fail "the stream says nothing at connect"
code() { server enrol "$slug" --site "$1" | python3 -c 'import json, sys; print(json.load(sys.stdin)["code"])'; }
before=$(date +%s%N)
site=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["sites"][0]["slug"])' "$work/data/demo.json")
code=$(code "$site")
made=$(date +%s%N)
within 10 said 2 || fail "a change by another process is not announced"
held "a change made by a command reached the browser $((($(date +%s%N) - made) / 1000000)) ms after the command ended (it took $(((made - before) / 1000000)) ms)"

# --- a tablet -----------------------------------------------------------------------------------------------------------------

echo "A tablet"
tablet() { SSL_CERT_FILE="$work/ca.pem" "$bin/preau-tablet" --home "$work/tablet" --json "$@" 2>>"$work/tablet.log"; }
tablet enrol --server "$base" --code "$code" >/dev/null || fail "enrolment: $(tail -n 1 "$work/tablet.log")"
held "enrolled over https"
tablet sync >"$work/sync.json" || fail "exchange: $(tail -n 1 "$work/tablet.log")"
held "synced over https: $(tr -d '\n' <"$work/sync.json")"

# --- a process is killed ------------------------------------------------------------------------------------------------------

if [ -n "$store" ]; then
    echo "One of two processes is killed, then stopped in good order"
    fleet=()
    for n in 1 2 3 4; do
        SSL_CERT_FILE="$work/ca.pem" "$bin/preau-tablet" --home "$work/t$n" --json enrol --server "$base" \
            --code "$(code "$site")" >/dev/null 2>>"$work/tablet.log"
    done
    go_on() { # NAME: exchanges until told to stop
        local done_ones=0 failed=0
        until [ -e "$work/enough" ]; do
            if SSL_CERT_FILE="$work/ca.pem" "$bin/preau-tablet" --home "$work/$1" --json sync >/dev/null 2>>"$work/$1.log"; then
                done_ones=$((done_ones + 1))
            else
                failed=$((failed + 1))
            fi
            echo "$done_ones $failed" >"$work/$1.count"
        done
    }
    for n in 1 2 3 4; do
        go_on "t$n" &
        fleet+=($!)
    done
    exchanged() { [ "$(cat "$work"/t?.count 2>/dev/null | awk '{ done += $1 } END { print done + 0 }')" -ge "$1" ]; }
    within 120 exchanged 20 || fail "the tablets do not exchange"
    kill -9 "${started[0]}"
    within 120 exchanged 60 || fail "the tablets stopped when a process was killed"
    serve "${ports[0]}"
    kill -TERM "${started[1]}"
    wait "${started[1]}" || fail "the second process did not end well"
    within 120 exchanged 100 || fail "the tablets stopped when a process was stopped"
    touch "$work/enough"
    wait "${fleet[@]}"
    equal "exchanges that failed, of $(cat "$work"/t?.count | awk '{ done += $1 } END { print done }')" \
        "$(cat "$work"/t?.count | awk '{ failed += $2 } END { print failed }')" 0
fi
server verify "$slug" >"$work/verify.json" || fail "verify: $(cat "$work/verify.json")"
held "verify finds no problem"
echo "All of it held."
