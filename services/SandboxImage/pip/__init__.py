"""Stands where pip would: says which packages are there, and that none can be installed, as there is no network."""
