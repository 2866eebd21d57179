"""The shipped case as it first was: figures stated of it stay true when it is revised.

Tests of numbers and of cells by name stand on this copy, those of what is shipped on
the case itself.
"""

from pathlib import Path
from typing import Final

AT_FIRST: Final = Path(__file__).parent / "karabakh-at-first"
