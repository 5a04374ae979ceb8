"""The line's protocol, pure: what a bundle is, what to do on receiving one, when to alarm."""
