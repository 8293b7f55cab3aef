"""What requests and answers look like, from the invented State of Franklin."""

from __future__ import annotations

from typing import Any

QUESTION = "How soon must a service provider give notice of a breach in the State of Franklin?"
QUESTIONS: dict[str, Any] = {
    "plain": {"summary": "A question that names its state", "value": {"question": QUESTION}},
    "facts": {
        "summary": "With what is known of who asks",
        "value": {
            "question": "How soon must we give notice of a breach of security?",
            "jurisdictions": ["us-fr"],
            "facts": ["we are an insurer"],
            "as_of": "2026-11-21",
        },
    },
}
SECTION = "/us-fr/fs/s12-4-104"
CITATION = "Frank. Stat. § 12-4-104"
_QUOTE = (
    "A service provider that keeps personal information for another shall notify that other of a "
    "breach of security at once, and not later than seventy-two hours after discovery of the "
    "breach."
)
_SHA256 = "0" * 64
_STATEMENT: dict[str, Any] = {
    "text": _QUOTE.replace(" shall ", " must "),
    "kind": "paraphrase",
    "cites": [
        {"source": "1.1", "pinpoint": "", "start": 0, "end": len(_QUOTE), "quote": _QUOTE},
    ],
}
ANSWER: dict[str, Any] = {
    "schema_version": 1,
    "question": QUESTION,
    "as_of": "2026-11-21",
    "asked_at": "2026-11-21T10:00:00+00:00",
    "jurisdictions": [{"id": "us-fr", "name": "State of Franklin", "how": "named in the question"}],
    "facts": [],
    "summary": [
        {"text": "What was found says the following.", "kind": "note", "cites": []},
        _STATEMENT,
    ],
    "blocks": [
        {
            "heading": "What you must do",
            "statements": [_STATEMENT | {"text": _QUOTE, "kind": "quote"}],
        }
    ],
    "withheld": [],
    "sources": [
        {
            "label": "1.1",
            "id": SECTION,
            "citation": CITATION,
            "local_citation": "FS 12-4-104",
            "heading": "Notice by a service provider.",
            "code": "Franklin Statutes",
            "hierarchy": [
                "Franklin Statutes",
                "Title 12 Commerce and Consumers",
                "Chapter 12-4 Breach of Security and Disposal of Records",
            ],
            "document": "/us-fr/fs/ch12-4",
            "document_name": "Chapter 12-4 Breach of Security and Disposal of Records",
            "status": "in_force",
            "effective_date": None,
            "current_through": "2026-07-31",
            "url": None,
            "text_sha256": _SHA256,
            "applicability": {"binds": "A service provider", "verdict": "unclear", "basis": []},
        }
    ],
    "coverage": {
        "searched": [
            {
                "code": "Franklin Statutes",
                "pack": "us_fr_statutes",
                "sections": 129,
                "current_through": "2026-07-31",
                "titles_missing": [],
                "excerpts": False,
            }
        ],
        "missing": [],
        "notes": [],
    },
    "abstained": False,
    "reason": None,
    "choices": [],
    "provenance": {
        "library": _SHA256,
        "index": "us_fr_statutes",
        "writer": "extractive",
        "version": "0.1.0",
    },
}
STREAM = (
    ": pincite\n\n"
    "event: stage\n"
    'data: {"stage":"retrieved","jurisdiction":"us-fr","candidates":41}\n\n'
    "event: statement\n"
    'data: {"jurisdiction":"us-fr","heading":null,"draft":false,"statement":{"text":"...",'
    '"kind":"paraphrase","cites":[{"source":"/us-fr/fs/s12-4-104","pinpoint":"","start":0,'
    f'"end":{len(_QUOTE)},"quote":"..."}}]}}}}\n\n'
    "event: answer\n"
    'data: {"schema_version":1,"question":"..."}\n'
    "id: 9f86d081884c7d65\n\n"
)
