"""Badges: what they say, whether it can be believed, what is wrong with them, what they mean."""

from __future__ import annotations

from typing import Literal, Unpack

from skillmatch.model.alignment import AlignmentRun
from skillmatch.quality.batch import LintResult
from skillmatch.report.verification import VerificationResult, VerificationResults
from skillmatch.report.wallet import WalletView
from skillmatch_api.client.asked_work import AlignIn, LintIn, ShowIn, VerifyIn
from skillmatch_api.client.family import Family
from skillmatch_api.client.reader import Reader

LintForm = Literal["application/sarif+json", "text/html", "text/markdown", "text/plain"]

_WALLET = Reader[WalletView](WalletView)
_CHECKED = Reader[VerificationResult | VerificationResults](
    VerificationResult | VerificationResults
)
_LINT = Reader[LintResult](LintResult)
_RUN = Reader[AlignmentRun](AlignmentRun)


class Badges(Family):
    """Nothing of what is sent here is kept."""

    __slots__ = ()

    def show(self, **asked: Unpack[ShowIn]) -> WalletView:
        """Return what badges, records and wallets say."""
        return _WALLET(self.exchange.post("/v1/badges/show", asked))

    def verify(self, **asked: Unpack[VerifyIn]) -> VerificationResult | VerificationResults:
        """Return what can be believed, check by check; of one credential, or of several."""
        return _CHECKED(self.exchange.post("/v1/badges/verify", asked))

    def lint(self, **asked: Unpack[LintIn]) -> LintResult:
        """Return what is wrong or vague."""
        return _LINT(self.exchange.post("/v1/badges/lint", asked))

    def lint_as(self, form: LintForm, **asked: Unpack[LintIn]) -> str:
        """Return the same for people, or for code scanners."""
        return self.exchange.post("/v1/badges/lint", asked, form).text

    def align(self, **asked: Unpack[AlignIn]) -> AlignmentRun:
        """Return the concepts that outcomes mean; ``jobs.align`` puts many into the queue."""
        return _RUN(self.exchange.post("/v1/badges/align", asked))
