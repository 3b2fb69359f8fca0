"""Kennisbank: search and knowledge base over inspection reports."""

__version__ = "0.1.0"
