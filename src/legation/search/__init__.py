"""Search as one types: an index in the node's own database, which rooms join by being found."""
