"""Who may do what: sign-in, roles, and draft → clear → release for any list of acts."""
