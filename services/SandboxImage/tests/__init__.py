"""Unit tests of the supervisor's pure parts, and tests that talk to real, hardened sandboxes."""
