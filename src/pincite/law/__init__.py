"""The law model: jurisdictions, codes, sections, their outlines, versions and identifiers."""
