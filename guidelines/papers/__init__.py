"""Guidelines on paper and on the screen, made of one value (guidelines.document) and nothing else."""
