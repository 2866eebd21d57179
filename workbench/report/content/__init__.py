"""What a report says: each section once; how a format looks is never known here."""
