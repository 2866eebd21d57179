"""Who judged what, and when: the durable store, never a judgment of its own."""
