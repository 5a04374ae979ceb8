"""`python -m legation.cli` is the `legation` command."""

import sys

from legation.cli.main import main

sys.exit(main())
