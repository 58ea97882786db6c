"""Who asks: keys, tokens, cookies, and the site that a request comes from."""
