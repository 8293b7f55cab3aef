-- answers.db: what was asked and answered. A file of its own, so that an answer can be kept
-- while a pack is being written into library.db.

CREATE TABLE answers (
    id TEXT PRIMARY KEY,
    question TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    body TEXT NOT NULL,                 -- the answer's JSON
    sha256 TEXT NOT NULL                -- of body
);

CREATE TABLE watches (
    id TEXT PRIMARY KEY,
    question TEXT NOT NULL,
    settings TEXT NOT NULL,             -- JSON: jurisdictions, facts
    created_at TEXT NOT NULL,
    last_run_at TEXT,
    last_answer TEXT REFERENCES answers (id)
);
