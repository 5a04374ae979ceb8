#!/bin/sh
# Resolves requirements.lock (what runs) and requirements-dev.lock (what tests) from pyproject.toml.
# Hashes of every platform's files, and no index address: which index to ask is the reader's choice.
# usage: locks.sh [--upgrade]
set -eu
cd -- "$(dirname -- "$0")/.."
.venv/bin/python -m pip install -qq 'pip-tools>=7.6'
resolve() {
    CUSTOM_COMPILE_COMMAND="make locks" .venv/bin/pip-compile --quiet --no-config \
        --generate-hashes --strip-extras --no-header \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@" pyproject.toml
}
resolve "$@" --extra install --extra cpsat -o requirements.lock
resolve "$@" --extra install --extra cpsat --extra dev -c requirements.lock -o requirements-dev.lock
