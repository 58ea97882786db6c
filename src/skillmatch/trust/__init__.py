"""Whether a credential can be believed: proofs, issuers, dates, status and endorsements."""
