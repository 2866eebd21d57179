"""Run the command line as `python -m workbench`; nothing else."""

import sys

from workbench.cli import main

sys.exit(main())
