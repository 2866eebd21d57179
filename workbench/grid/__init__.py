"""The rating grid without a framework: what it is given, and its scripts and styles.

Nothing here draws a page, and no score is computed: numbers come from `method`.
"""
