"""The service: what ``skillmatch`` does, over HTTP, for organisations and the people in them."""
