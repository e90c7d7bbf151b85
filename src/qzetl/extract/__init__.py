"""Extraction: from an article's text to its numbers, each bound to what it measures, where, when and how surely.

Pure: no clock, no network, no files at call time, no frames. Lexicons are read once, by `Lexicon.load`.
"""
