#!/bin/sh
# Plants faults in a pure part, one at a time, and lists those that no test notices.
# Works on a copy under build/, so the tree is left alone. Exit 1 when a fault survived.
# usage: mutants.sh PART     (record, acts, line/core: a folder of src/legation with its own tests)
set -eu
cd -- "$(dirname -- "$0")/.."
part=$1
[ -d "src/legation/$part" ] && [ -d "tests/$part" ] || {
    echo "There is no src/legation/$part with tests/$part." >&2
    exit 2
}
bin=$PWD/.venv/bin
copy=build/mutants/$part
rm -rf "$copy" && mkdir -p "$copy"
cp -R --parents pyproject.toml README.md src tests ops docs "$copy"
cd "$copy"
cat >>pyproject.toml <<TOML

[tool.mutmut]
source_paths = ["src"]
only_mutate = ["src/legation/$part/*"]
do_not_mutate = ["src/legation/record/words.py"]
also_copy = ["src", "ops", "docs", "README.md"]
pytest_add_cli_args = ["-p", "no:randomly", "-p", "no:cacheprovider"]
pytest_add_cli_args_test_selection = ["tests/$part"]
TOML
"$bin/mutmut" run --max-children 2
"$bin/mutmut" results
[ -z "$("$bin/mutmut" results | grep survived)" ]
