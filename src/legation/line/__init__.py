"""The line of contact: own log, mirror of theirs, bundles, terms, carriers."""
