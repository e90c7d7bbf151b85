"""Reading: from an archived page's bytes to an article's text and metadata. No number is understood here."""
