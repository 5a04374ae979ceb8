#!/bin/sh
# Remakes css/tabler.css (Tabler cut to the rules our pages use) and icons.svg (the icons they use).
# usage: ops/ui/build.sh [NODE_MODULES]   without it npm fetches ops/ui/package.json
set -eu
cd -- "$(dirname -- "$0")/../.."
modules=${1:-ops/ui/node_modules}
[ -d "$modules" ] || (cd ops/ui && npm install --no-audit --no-fund --no-package-lock)
node ops/ui/icons.mjs "$modules"
node ops/ui/cut.mjs "$modules"
