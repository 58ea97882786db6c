"""How far a review is, in a few lines."""

from __future__ import annotations

from collections import Counter

from skillmatch.linking.alignment.deciding import pending
from skillmatch.model.alignment import ALIGNMENT_KIND, STALE, Decision, Review
from skillmatch.report.plain import plural


def review_summary(review: Review, path: str) -> str:
    """Return what is decided, what is left, and the command that comes next."""
    statements = [one for badge in review.badges for one in badge.statements]
    entries = [entry for one in statements for entry in one.entries]
    said = Counter(entry.decision for entry in entries)
    left = sum(bool(pending(one)) for one in statements)
    bare = sum(not one.entries for one in statements if one.kind != ALIGNMENT_KIND)
    stale = sum(entry.standing in STALE and entry.touched for entry in entries)
    lines = [
        f"{path}: {plural(len(review.badges), 'badge')}, "
        f"{said[Decision.ACCEPT]} accepted, {said[Decision.REJECT]} rejected, "
        f"{said[Decision.EDIT]} edited; {plural(left, 'statement')} still to decide on"
    ]
    if bare:
        lines.append(
            f"{plural(bare, 'statement')} without a proposal; concepts can be added by hand"
        )
    if stale:
        lines.append(f"{plural(stale, 'decision')} about what is no longer there; kept")
    if left:
        lines.append(f'Next: skillmatch badge review {path} --reviewer "Your Name"')
    elif said[Decision.ACCEPT] or said[Decision.EDIT]:
        lines.append(f"Next: skillmatch badge write {path} --to FOLDER")
    return "\n".join(lines)
