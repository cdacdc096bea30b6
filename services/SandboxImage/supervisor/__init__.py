"""Process 1 of a sandbox: takes one request, runs its code as an unprivileged user, and hands back output and files."""
