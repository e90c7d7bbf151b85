"""The commands of `qzetl`, one module a subject; `qzetl.cli` puts them together.

Importing these modules costs next to nothing: a command imports the rooms that it needs when it is called.
"""
