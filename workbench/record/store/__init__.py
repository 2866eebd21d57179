"""Where entries and texts are kept: tables and connections, never what they mean."""
