"""Which skills a job asks for, which you can already show, and what closes the rest."""
