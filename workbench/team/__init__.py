"""Who works together on a case, and in which round; never what their judgments are."""
