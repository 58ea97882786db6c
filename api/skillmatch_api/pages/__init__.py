"""Pages for people: HTML from templates, with small scripts that nothing depends on."""
