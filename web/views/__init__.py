"""A file per subject; each view asks the snapshot, fills a page and renders it."""
