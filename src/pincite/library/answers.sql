-- answers.db: what was asked and answered. A file of its own, so that an answer can be kept
-- while a pack is being written into library.db. The workspace is part of every key: two
-- workspaces may keep the very same answer and know nothing of each other.

CREATE TABLE answers (
    workspace TEXT NOT NULL,            -- 'default' is the single user's
    id TEXT NOT NULL,
    question TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    body TEXT NOT NULL,                 -- the answer's JSON
    sha256 TEXT NOT NULL,               -- of body
    PRIMARY KEY (workspace, id)
);

CREATE TABLE watches (
    workspace TEXT NOT NULL,
    id TEXT NOT NULL,
    question TEXT NOT NULL,
    settings TEXT NOT NULL,             -- JSON: jurisdictions, facts
    created_at TEXT NOT NULL,
    last_run_at TEXT,
    last_answer TEXT,                   -- an answer of the same workspace
    PRIMARY KEY (workspace, id)
);

-- Saved answers whose cited law has changed since, section by section.
CREATE TABLE marks (
    workspace TEXT NOT NULL,
    answer TEXT NOT NULL,
    section TEXT NOT NULL,              -- the identifier that the answer cites
    became TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    PRIMARY KEY (workspace, answer, section),
    FOREIGN KEY (workspace, answer) REFERENCES answers (workspace, id) ON DELETE CASCADE
);

CREATE TABLE comparisons (
    workspace TEXT NOT NULL,
    id TEXT NOT NULL,
    question TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    body TEXT NOT NULL,                 -- the comparison's JSON
    sha256 TEXT NOT NULL,               -- of body
    PRIMARY KEY (workspace, id)
);
