"""The look of every page: base page, parts and template tags, theme, icons, fonts."""
