"""The limited child process in which foreign files are opened."""
