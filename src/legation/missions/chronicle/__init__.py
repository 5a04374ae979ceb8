"""What a dossier tells: facts, rounds, sources that differ; read, chosen and drawn. Pure."""
