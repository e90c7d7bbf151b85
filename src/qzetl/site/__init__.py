"""The site: from a finished release to the pages that people look at. Nothing is computed here that the tables lack.

The site is a function of the release's files: `build` reads them and writes ``site/`` and ``charts/`` beside them. It
needs no server and loads nothing from elsewhere. Pages opened from a folder may not fetch files, but may load scripts,
so the data are scripts, cut so small that a reader's first view needs one of them.
"""
