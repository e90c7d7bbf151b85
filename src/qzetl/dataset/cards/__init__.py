"""Cards: the release described for the places where people find data, all made from its datapackage.

Each module is one format and a pure function; `write_cards` puts them into a release. What they say of tables and
columns comes from schemas/ by way of datapackage.json and from nowhere else.
"""
