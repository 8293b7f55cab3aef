-- Answers and watches belong to a workspace; what was kept before is the single user's. Two
-- workspaces may keep the very same answer, so the workspace is part of the key.

ALTER TABLE watches RENAME TO watches_1;
ALTER TABLE answers RENAME TO answers_1;

CREATE TABLE answers (
    workspace TEXT NOT NULL,
    id TEXT NOT NULL,
    question TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    body TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (workspace, id)
);

CREATE TABLE watches (
    workspace TEXT NOT NULL,
    id TEXT NOT NULL,
    question TEXT NOT NULL,
    settings TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_run_at TEXT,
    last_answer TEXT,
    PRIMARY KEY (workspace, id)
);

INSERT INTO answers SELECT 'default', id, question, asked_at, body, sha256 FROM answers_1;
INSERT INTO watches
    SELECT 'default', id, question, settings, created_at, last_run_at, last_answer FROM watches_1;

DROP TABLE watches_1;
DROP TABLE answers_1;
