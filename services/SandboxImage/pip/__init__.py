"""Replaces pip: lists the installed packages, and says that none can be installed, as there is no network."""
