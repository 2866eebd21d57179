"""A change of the case: planned on its texts, looked at, applied; never a judgment."""
