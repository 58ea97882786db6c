"""From reviewed decisions to documents: drafts, endorsements, signatures, baked images, records."""
