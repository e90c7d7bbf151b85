"""Collecting: from the world to bytes in the archive. No page is read for meaning here."""
