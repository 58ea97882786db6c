"""A wallet as its holder sees it: whole, in plain words, and without the holder's name."""

from __future__ import annotations

import json

import jsonschema
import pytest

from skillmatch.model.credential import Identity, Recipient, Unread, Wallet
from skillmatch.readers.credentials import read_credential_bytes
from skillmatch.report.masking import mask, mask_name, recipient_view
from skillmatch.report.wallet import wallet_json, wallet_schema, wallet_view
from skillmatch.report.wallet_text import wallet_text
from tests.readers import badge_samples as samples
from tests.readers.badge_samples import as_bytes


def wallet() -> Wallet:
    """Return a wallet with a badge that has everything, a record, and a file that is neither."""
    badge = samples.open_badge_3(endorsement=[samples.endorsement()])
    badge["credentialSubject"]["achievement"]["image"] = "data:image/png;base64," + "A" * 5000
    badge["credentialSubject"]["achievement"]["name"] = "Stock\x1b[31m control"
    documents = [badge, samples.record(), samples.open_badge_1(), samples.european()]
    return Wallet(
        credentials=tuple(
            one
            for place, document in enumerate(documents)
            for one in read_credential_bytes(as_bytes(document), f"{place}.json")
        ),
        unread=(Unread(source="notes.txt", reason="it is empty"),),
    )


def test_the_text_says_all_that_a_holder_wants_to_know() -> None:
    """What, by whom, until when, for which skills and where, and what is inside."""
    text = wallet_text(wallet_view(wallet()), width=300)

    for words in (
        "Stock control badge",
        "Open Badges 3.0, without a proof",
        "issuer      Riverside (https://school.example)",
        "valid       from 2026-01-12, until 2031-01-12, awarded 2026-01-10",
        "- Count stock with a scanner.",
        "- use-scanner <http://data.europa.eu/esco/skill/use-scanner> (at the result description)",
        "- stock-control <http://data.europa.eu/esco/skill/stock-control> (ext:ESCOSkill, S4.2, at",
        "evidence    Count (https://lia.example/count)",
        "endorsed by (1)",
        "says        Well assessed.",
        "holds (2)",
        "not read    /badge: its badge class is a link",
        "kind        Course, 5 credits, workload PT45H, level 6",
        "- notes.txt: it is empty",
        "Nothing here was checked",
    ):
        assert words in text, words
    assert "\x1b" not in text


def test_a_result_is_told_by_the_names_of_its_rubric_and_level() -> None:
    """Ids are for programs."""
    result = {"resultDescription": "urn:result:1", "achievedLevel": "urn:level:2"}
    badge = samples.open_badge_3()
    badge["credentialSubject"]["result"] = [{"type": ["Result"], **result}]
    named = Wallet(credentials=read_credential_bytes(as_bytes(badge), "a.json"))
    badge["credentialSubject"]["result"] = [{"type": ["Result"], "achievedLevel": "urn:other"}]
    bare = Wallet(credentials=read_credential_bytes(as_bytes(badge), "a.json"))

    assert "result      Scanner test: Able" in wallet_text(wallet_view(named))
    assert "result      urn:other" in wallet_text(wallet_view(bare))


def test_lines_fit_the_terminal() -> None:
    """A learner reads this on a phone as well."""
    lines = wallet_text(wallet_view(wallet()), width=60).splitlines()

    assert max(map(len, lines)) <= 60


def test_whom_it_was_awarded_to_stays_hidden_unless_asked_for() -> None:
    """Neither text nor JSON tells a name, an address, or what is said of the person."""
    hidden, open_ = wallet_view(wallet()), wallet_view(wallet(), masked=False)

    for secret in ("lia@mail.example", "Lia Andrews", "did:example:lia", "counted the whole"):
        assert secret not in wallet_text(hidden, width=300)
        assert secret not in wallet_json(hidden)
        assert secret in wallet_json(open_)
    assert "l…@mail.example" in wallet_text(hidden, width=300)


@pytest.mark.parametrize(
    ("whole", "short"),
    [
        ("", ""),
        ("lia@mail.example", "l…@mail.example"),
        ("mailto:lia@mail.example", "mailto:l…@mail.example"),
        ("did:key:z6MkgvZ4ooTaSGxe", "did:key:z6Mk…"),
        ("https://lia.example/me", "https://lia.example/…"),
        ("12345", "1…"),
        ("1", "…"),
    ],
)
def test_a_masked_name_is_known_to_its_owner_only(whole: str, short: str) -> None:
    """Enough to see that it is mine, too little to write to me."""
    assert mask(whole) == short


def test_initials_stand_for_a_name_and_a_hash_for_nothing() -> None:
    """The hash of an address can be guessed from a list of addresses."""
    hashed = Identity(kind="email", value="sha256$ab", hashed=True)

    view = recipient_view(Recipient(name="Lia Andrews", identities=(hashed,)), masked=False)

    assert mask_name("Lia Andrews") == "L… A…"
    assert view.identities[0].value == ""
    assert view.identities[0].hashed


def test_the_json_follows_its_schema_and_is_the_same_every_time() -> None:
    """Programs read it; pictures inside a badge are left out."""
    text = wallet_json(wallet_view(wallet()))

    jsonschema.validate(json.loads(text), wallet_schema())
    assert text == wallet_json(wallet_view(wallet()))
    assert "data:image/png;base64,…" in text
    assert "AAAA" not in text
