"""Weigh competing explanations against evidence; nothing here runs on import."""

__version__ = "0.1.0"
