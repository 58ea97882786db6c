"""Commands of the service, found by ``skillmatch`` through an entry point."""
