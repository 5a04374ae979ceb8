"""Two officers in one draft, templates, courtesy translations: all of it ours only."""
