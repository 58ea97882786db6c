"""The body of an endorsement that vouches for a badge's alignments, to be dated and signed.

Whoever did not issue a badge cannot change it, and may still say what it is aligned with.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from skillmatch.issuing.write_back import WritePlan
from skillmatch.issuing.write_back_badges import OB3_CONTEXTS, alignment_object

LACKING = ("issuer", "validFrom")
"""What a credential must have, and only who signs can say."""


def endorsement_body(plan: WritePlan) -> dict[str, Any]:
    """Return an EndorsementCredential without ``issuer``, ``validFrom`` and proof.

    The alignments stand on the subject, where ``alignment`` is a term of Open Badges 3.0, and in
    words in the comment, for readers that show only that.

    Source: 1EdTech Open Badges 3.0, "EndorsementCredential".
    """
    rows = [alignment_object(one, 3) for one in plan.targets]
    names = "; ".join(
        f"{one.target.label} ({one.target.framework_and_release})" for one in plan.targets
    )
    subject = {
        "id": plan.badge.id,
        "type": ["EndorsementSubject"],
        "endorsementComment": f"The outcomes of this badge were reviewed and align with: {names}.",
        "alignment": rows,
    }
    key = json.dumps(subject, sort_keys=True)
    return {
        "@context": list(OB3_CONTEXTS),
        "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, key)}",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": f"Alignments of {plan.badge.name or plan.badge.id}",
        "credentialSubject": subject,
    }
