"""The server process: its socket, its memory, its workers and its first words."""
