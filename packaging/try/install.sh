#!/usr/bin/env bash
# Try a package in a fresh Debian of its own (debootstrap, about 250 MB in a folder that is removed at the end): install,
# found a commune, serve it as the user preau, upgrade, remove, purge, install again. Ends with "All of it held."
#
#   packaging/try/install.sh target/debian/preau_VERSION_ARCH.deb
#
# Needs root and debootstrap. PREAU_ROOT names a Debian that is there already; it is then kept.
set -euo pipefail
deb=$(realpath "$1")
root=${PREAU_ROOT:-}
if [ -z "$root" ]; then
    work=$(mktemp -d)
    root=$work/root
    # Nothing of this machine is mounted below it, so that removing it removes nothing else.
    trap 'rm -rf --one-file-system "$work"' EXIT
    debootstrap --variant=minbase --include=adduser,ca-certificates,init-system-helpers bookworm "$root" >"$work/debootstrap.log"
fi
install -D "$deb" "$root/tmp/preau.deb"
cat >"$root/tmp/try.sh" <<'INSIDE'
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8
cd /
fail() { echo "NOT HELD: $*" >&2; exit 1; }
held() { echo "  held: $*"; }
mode() { [ "$(stat -c '%a %U %G' "$1")" = "$2" ] || fail "$1 is $(stat -c '%a %U %G' "$1"), not $2"; }
ask() { # PORT PATH
    exec 3<>"/dev/tcp/127.0.0.1/$1"
    printf 'GET %s HTTP/1.0\r\n\r\n' "$2" >&3
    cat <&3
    exec 3>&-
}

dpkg -i /tmp/preau.deb >/tmp/log
mode /var/lib/preau "700 preau preau"
mode /etc/preau "750 root preau"
mode /etc/preau/preau.env "640 root preau"
[ -f /lib/systemd/system/preau-server.service ] || fail "no unit"
[ "$(getent passwd preau | cut -d: -f7)" = /usr/sbin/nologin ] || fail "preau can log in"
held "installed"

preau commune create ville --name "Ville d’Essai" >/tmp/sheet
grep -q "FICHE DE SECOURS" /tmp/sheet || fail "no recovery sheet"
mode /var/lib/preau/keys/ville.key "600 preau preau"
! setpriv --reuid=nobody --regid=nogroup --clear-groups preau commune list 2>/dev/null || fail "nobody may run preau"
held "a commune founded as preau; its key is for preau alone"

start() {
    # As the unit does it: the same settings, user and words.
    setpriv --reuid=preau --regid=preau --init-groups \
        bash -c 'set -a; . /etc/preau/preau.env; exec /usr/bin/preau-server serve $PREAU_SERVE' >/tmp/out 2>/tmp/err &
    server=$!
    for _ in $(seq 300); do if grep -q 4700 /tmp/out; then return; fi; sleep 0.1; done
    fail "it does not listen: $(cat /tmp/err)"
}
start
ask 4700 /healthz | grep '"communes":1' >/dev/null || fail "/healthz"
ask 4700 /metrics | grep '^HTTP/1.0 404' >/dev/null || fail "/metrics on the public port"
ask 4701 /metrics | grep '^preau_communes 1' >/dev/null || fail "no figures on their own port"
preau verify ville >/tmp/verify || fail "verify"
kill "$server"
wait "$server" || fail "it did not end well"
held "served and verified as preau; SIGTERM ends it with 0"

echo '# a line of the host' >>/etc/preau/preau.env
dpkg -i /tmp/preau.deb >/tmp/log
tail -n 1 /etc/preau/preau.env | grep -q 'a line of the host' || fail "the settings were lost in an upgrade"
mode /etc/preau/preau.env "640 root preau"
held "upgraded; settings kept"

dpkg -r preau >/tmp/log
[ -f /etc/preau/preau.env ] && [ -f /var/lib/preau/communes/ville.db ] || fail "removing took settings or data"
held "removed; settings and data kept"

dpkg -P preau >/tmp/log
[ ! -e /etc/preau ] || fail "settings are left after a purge"
grep -q "/var/lib/preau" /tmp/log || fail "the purge does not say what it leaves"
[ -f /var/lib/preau/communes/ville.db ] && [ -f /var/lib/preau/keys/ville.key ] || fail "a purge took children's records"
held "purged; data and keys kept, and said so"

dpkg -i /tmp/preau.deb >/tmp/log
start
ask 4700 /healthz | grep '"communes":1' >/dev/null || fail "the commune is not there again"
kill "$server"
wait "$server"
held "installed again; the commune is there"
INSIDE
# shellcheck disable=SC2016 # the inner shell expands it
# /proc is mounted in a namespace of its own and goes with it.
unshare --mount --propagation private bash -c 'mount -t proc proc "$1/proc" && exec chroot "$1" bash /tmp/try.sh' try "$root"
echo "All of it held."
