"""How a publication becomes a `Document`: find it, read it in a process that can be stopped, lay it out as one text."""

READER_VERSION = "4"
"""Raise it when reading gives another text: every file is then read again."""
