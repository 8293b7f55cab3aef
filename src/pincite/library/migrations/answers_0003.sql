-- Saved answers whose cited law has changed are marked, section by section.

CREATE TABLE marks (
    workspace TEXT NOT NULL,
    answer TEXT NOT NULL,
    section TEXT NOT NULL,              -- the identifier that the answer cites
    became TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    PRIMARY KEY (workspace, answer, section),
    FOREIGN KEY (workspace, answer) REFERENCES answers (workspace, id) ON DELETE CASCADE
);
