"""The node in a browser: addresses, middleware, sign-in, error pages."""
