"""The recruiter's page: who shows what a job asks for, and what stands behind it."""
