#!/bin/sh
# Says in one sentence what is missing when PYTHON cannot make a virtual environment.
# usage: python.sh PYTHON
python=$1
remedy="On Debian 12: sudo apt-get install python3.11 python3.11-venv. Or name another Python: make PYTHON=/path/to/python3 …"

if ! command -v "$python" >/dev/null 2>&1; then
    echo "Legation needs Python 3.11 or later, and there is no $python here. $remedy" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Legation needs Python 3.11 or later, and $python is $("$python" -V). $remedy" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "Legation installs into a folder of its own, and $python has no venv module. $remedy" >&2
    exit 1
fi
