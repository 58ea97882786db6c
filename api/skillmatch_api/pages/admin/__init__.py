"""The administrator's pages: keys, people, frameworks, jobs and the log."""
