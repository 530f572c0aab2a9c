#!/usr/bin/env bash
# Put in place what a fresh machine lacks, and only that. Each thing is looked for as a file or a command first, so
# that a machine that has everything pays next to nothing.
#
#   scripts/setup.sh [server] [tablet] [tests] [screenshot]
#
#   server      compile the server and the headless tablet
#   tablet      compile the tablet app: its window and its wasm screens
#   tests       drive the app, a browser, a database server and networks in tests
#   screenshot  show the app on a machine without a screen, and take a picture of it
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

packages=()

# --- Debian packages --------------------------------------------------------------------------------------------

# Note a package as missing, with the reason in one line.
want() {
    packages+=("$1")
    say "Missing: $1 ($2)."
}

has_font() { [ -n "$(find /usr/share/fonts -name '*.[ot]tf' -print -quit 2>/dev/null)" ]; }

need_compiler() {
    has cc || want build-essential "compiles the C libraries, SQLCipher and OpenSSL"
    has make || want make "runs OpenSSL's own build"
    # Debian always has a bare perl; OpenSSL needs its modules too.
    perl -MIPC::Cmd -e 1 2>/dev/null || want perl "configures OpenSSL, which is compiled from source into the programs"
}

need_window() {
    has pkg-config || want pkg-config "finds the window library"
    pkg-config --exists webkit2gtk-4.1 2>/dev/null || want libwebkit2gtk-4.1-dev "the window that shows the tablet's screens"
}

need_virtual_screen() {
    has Xvfb || want xvfb "a screen in memory for windows nobody looks at"
    has xauth || want xauth "lets programs in to that screen"
    has_font || want fonts-dejavu-core "letters; without any font all text is boxes"
}

need_drivers() {
    has WebKitWebDriver || want webkit2gtk-driver "drives the tablet's window in tests"
    has chromium || want chromium "the browser for the tests of the portal and the desk"
    has chromedriver || want chromium-driver "drives that browser"
    has pdftotext || want poppler-utils "reads what that browser prints"
}

# Only its programs are used: tests make servers of their own, in folders of their own.
has_postgres() { [ -n "$(find /usr/lib/postgresql -path '*/bin/postgres' -print -quit 2>/dev/null)" ]; }

need_postgres() { has_postgres || want postgresql "the database server of large hosts, which tests start for themselves"; }

# Where only root looks, too: tests use it in namespaces of their own, without being root outside.
has_ip() { has ip || [ -x /sbin/ip ] || [ -x /usr/sbin/ip ]; }

need_networks() { has_ip || want iproute2 "lays cables between the networks of tests, and pulls them"; }

need_mail() {
    /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || want python3-aiosmtpd "a mail server that keeps the letters of tests"
}

# What checks the screens for accessibility is a file of npm's; the version stands here and nowhere else.
axe_version=4.14.1

need_npm() { [ -f "$tools/axe-$axe_version.min.js" ] || has npm || want npm "fetches axe-core, which checks accessibility in tests"; }

# What tests take for FranceConnect is a program of npm's with what it needs; tests/oidc names all of it, version by version.
oidc_folder() { echo "$tools/oidc-$(sha256sum <tests/oidc/package-lock.json | cut -c 1-12)"; }

need_node() {
    if ! has node || { [ ! -d "$(oidc_folder)" ] && ! has npm; }; then
        want npm "fetches and runs oidc-provider, which tests take for FranceConnect"
    fi
}

need_camera() { has import || want imagemagick "takes the picture of the tablet's window"; }

# Debian's newest Rust with its sources, from which cargo builds std for wasm.
need_wasm_compiler() {
    toolchain_has_wasm || debian_has_wasm || ! has apt-get || want_debian_rust
}

want_debian_rust() {
    local lld
    lld=$(debian_rust_lld)
    if [ -z "$lld" ] && can_install; then
        refresh_lists
        lld=$(debian_rust_lld)
    fi
    # Without candidates there is nothing to install; check_wasm_compiler says what to do.
    [ -n "$lld" ] || return 0
    want rustc-web "a Rust compiler for wasm, as the installed toolchain has no wasm32-unknown-unknown"
    want cargo-web "the cargo that goes with it"
    want rust-web-src "the sources of std, to build it for wasm"
    want "$lld" "links wasm"
}

# The newest lld that apt offers beside rustc-web, or nothing.
debian_rust_lld() {
    has_candidate rustc-web && has_candidate rust-web-src || return 0
    apt-cache pkgnames lld- | grep -x 'lld-[0-9]*' | sort -V | tail -n 1
}

# Read to its end: a reader that stops at the line it wanted breaks the pipe, and that counts as a failure.
has_candidate() { apt-cache policy "$1" 2>/dev/null | grep 'Candidate: [0-9]' >/dev/null; }

# --- installing -------------------------------------------------------------------------------------------------

can_install() { [ "$(id -u)" = 0 ] || has sudo; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@"; }

refresh_lists() {
    say "Reading Debian's package lists."
    apt update
}

install_packages() {
    [ ${#packages[@]} -gt 0 ] || return 0
    has apt-get || stop "This is not a Debian system: install what provides the above (Debian's names), then run this again."
    can_install ||
        stop "Installing needs root and there is no sudo here. As root, run: apt-get install -y ${packages[*]}"
    say "Installing: ${packages[*]}"
    # Lists that are absent or out of date make the first try fail.
    apt install -y --no-install-recommends "${packages[@]}" >"$log" 2>&1 && return
    refresh_lists
    apt install -y --no-install-recommends "${packages[@]}" >"$log" 2>&1 ||
        stop "$(tail -n 20 "$log")
apt-get could not install: ${packages[*]}. The whole story is in $log."
}

# --- tools that are not Debian packages -------------------------------------------------------------------------

check_rust() { has cargo || stop "Rust is missing. Install rustup and its stable toolchain, then run this again."; }

check_wasm_compiler() {
    toolchain_has_wasm || debian_has_wasm ||
        stop "No Rust compiler for wasm, which the tablet's screens need. Run: rustup target add wasm32-unknown-unknown"
}

install_wasm_bindgen() {
    local version
    [ -z "$(wasm_bindgen)" ] || return 0
    version=$(wasm_bindgen_version)
    say "Missing: wasm-bindgen $version (joins the wasm screens to JavaScript). Compiling it into target-tools/, a few minutes."
    # Without --locked: the lock file of that crate may name versions the registry does not serve.
    env -u CARGO_TARGET_DIR -u RUSTFLAGS \
        cargo install --quiet wasm-bindgen-cli --version "$version" --root "$tools" --force >"$log" 2>&1 ||
        stop "$(tail -n 20 "$log")
cargo could not install wasm-bindgen-cli $version. The whole story is in $log."
}

install_axe() {
    local folder
    [ ! -f "$tools/axe-$axe_version.min.js" ] || return 0
    say "Missing: axe-core $axe_version (checks accessibility in tests). Fetching it into target-tools/."
    folder=$(mktemp -d)
    (cd "$folder" && npm pack --silent "axe-core@$axe_version" && tar -xzf "axe-core-$axe_version.tgz" package/axe.min.js) \
        >"$log" 2>&1 || stop "$(tail -n 20 "$log")
npm could not fetch axe-core $axe_version. The whole story is in $log."
    mv "$folder/package/axe.min.js" "$tools/axe-$axe_version.min.js"
    ln -sf "axe-$axe_version.min.js" "$tools/axe.min.js"
    rm -rf "$folder"
}

install_oidc() {
    local folder
    folder=$(oidc_folder)
    if [ ! -d "$folder" ]; then
        say "Missing: oidc-provider (tests take it for FranceConnect). Fetching it into target-tools/."
        rm -rf "$folder.part"
        mkdir -p "$folder.part"
        cp tests/oidc/package.json tests/oidc/package-lock.json "$folder.part/"
        (cd "$folder.part" && npm ci --silent --ignore-scripts --no-audit --no-fund) >"$log" 2>&1 || stop "$(tail -n 20 "$log")
npm could not fetch oidc-provider. The whole story is in $log."
        mv "$folder.part" "$folder"
    fi
    ln -sfn "$(basename "$folder")" "$tools/oidc"
}

# ----------------------------------------------------------------------------------------------------------------

wants() { case " $purposes " in *" $1 "*) true ;; *) false ;; esac; }

purposes="$*"
for purpose in "$@"; do
    case "$purpose" in server | tablet | tests | screenshot) ;; *) stop "Unknown purpose: $purpose" ;; esac
done

check_rust
mkdir -p "$tools"
log="$tools/setup.log"

need_compiler
if wants tablet; then
    need_window
    need_wasm_compiler
fi
if wants tests || wants screenshot; then need_virtual_screen; fi
if wants tests; then
    need_drivers
    need_postgres
    need_networks
    need_mail
    need_npm
    need_node
fi
if wants screenshot; then need_camera; fi
install_packages

if wants tablet; then
    check_wasm_compiler
    install_wasm_bindgen
fi
if wants tests; then
    install_axe
    install_oidc
fi
