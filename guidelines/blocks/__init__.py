"""Blocks of data, one topic a module: `gather.gather` reads, `values` is what every paper shows."""
