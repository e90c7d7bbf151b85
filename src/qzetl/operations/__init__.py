"""Operations: backfills, how things stand, canaries and notices. No page is read and no row is made here.

These modules put the stages of `qzetl.pipeline` to work; the command line and flows/ call them.
"""
