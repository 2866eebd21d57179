"""Other tools' files in and out, a module each; no case on disk is changed here."""
