#!/bin/sh
# Sees to it that what the tests need of Debian is here: chromium for the browser tests, gettext
# for those that collect every word an officer reads.
# Where this user may install packages, it does; where not, it prints the one line to run and
# leaves: those tests then count as skipped, and pytest says so at the end.
set -u

missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v xgettext >/dev/null 2>&1 || missing="$missing gettext"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ]; then as_root=""
elif sudo -n true 2>/dev/null; then as_root="sudo -n"
else as_root="no"; fi

if [ "$as_root" != no ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Debian's$missing for the tests (about a minute, once)…"
    log=$(mktemp)
    if DEBIAN_FRONTEND=noninteractive $as_root apt-get -qq update >"$log" 2>&1 &&
        DEBIAN_FRONTEND=noninteractive $as_root apt-get -qq install -y --no-install-recommends \
            $missing >>"$log" 2>&1; then
        rm -f "$log"
        exit 0
    fi
    tail -n 5 "$log"
    rm -f "$log"
fi

echo "**********************************************************************"
echo "Not on this machine:$missing. The tests that need it will be SKIPPED."
echo "To run them too:  sudo apt-get install --no-install-recommends$missing"
echo "**********************************************************************"
exit 0
