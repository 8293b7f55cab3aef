-- A library of schema 1, as `sqlite3 .dump` prints it; the law in it is invented.
CREATE TABLE documents (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    pack INTEGER NOT NULL REFERENCES packs (key) ON DELETE CASCADE,
    id TEXT NOT NULL COLLATE NOCASE,
    name TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    hierarchy TEXT NOT NULL,            -- JSON array, from the code down
    UNIQUE (pack, id, name, jurisdiction, kind, code, hierarchy)
);
INSERT INTO "documents" VALUES(1,1,'/us-fr/fs/ch1-2','Chapter 1-2 Ferries','us-fr','statute','fs','["Franklin Statutes","Title 1","Chapter 1-2"]');
CREATE TABLE packs (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    jurisdiction TEXT NOT NULL,
    kind TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    sections INTEGER NOT NULL,
    in_force INTEGER NOT NULL,
    current_through TEXT NOT NULL,      -- the most common value of its sections
    titles TEXT NOT NULL,               -- JSON array: the titles that it holds
    excerpts INTEGER NOT NULL,          -- 1: some sections are parts of sections
    source TEXT NOT NULL,
    attribution TEXT NOT NULL,
    installed_at TEXT NOT NULL,         -- ISO 8601 with offset
    index_dir TEXT NOT NULL             -- the watermark: this directory holds these sections
);
INSERT INTO "packs" VALUES(1,'us_fr_statutes','us-fr','statute','ab12',2,1,'2026 session','["Title 1 Waters"]',0,'packs','The Franklin Reporter','2026-01-05T09:00:00+00:00','us_fr_statutes-ab12');
CREATE TABLE sections (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    pack INTEGER NOT NULL REFERENCES packs (key) ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES documents (key),
    position INTEGER NOT NULL,          -- the row in the pack: the order of the law
    id TEXT NOT NULL COLLATE NOCASE,
    act_id TEXT NOT NULL,
    number TEXT NOT NULL,
    citation TEXT NOT NULL,
    local_citation TEXT NOT NULL,
    heading TEXT NOT NULL,
    status TEXT NOT NULL,
    valid_from TEXT,                    -- half-open, ISO dates; NULL: the source gives none
    valid_to TEXT,
    seen_from INTEGER NOT NULL,         -- snapshots, half-open
    seen_to INTEGER,                    -- NULL: in the pack as it is now
    current_through TEXT NOT NULL,
    url TEXT,
    source_note TEXT NOT NULL,
    text_sha256 BLOB NOT NULL,
    fingerprint BLOB NOT NULL,          -- of the pack's row
    text TEXT NOT NULL
);
INSERT INTO "sections" VALUES(1,1,1,1,'/us-fr/fs/s1-2-3','us/fr/1-2-3','1-2-3','Frank. Stat. § 1-2-3','FS 1-2-3','Ferry tolls','in_force',NULL,NULL,1,2,'2026 session',NULL,'',X'7957C5088BEC1974D2927A31B93D98A21F0A99F2249472C33E7C08D33B806DE7',X'7957C5088BEC1974D2927A31B93D98A2','The toll of a ferry is one crown.');
INSERT INTO "sections" VALUES(2,1,1,2,'/us-fr/fs/s1-2-3','us/fr/1-2-3','1-2-3','Frank. Stat. § 1-2-3','FS 1-2-3','Ferry tolls','in_force',NULL,NULL,2,NULL,'2026 session',NULL,'',X'2FED38EC9F2624DB83C13BF6D726AC1EB0B2CED9E741828DD5237FA74485CF55',X'2FED38EC9F2624DB83C13BF6D726AC1E','The toll of a ferry is two crowns.');
INSERT INTO "sections" VALUES(3,1,1,3,'/us-fr/fs/s1-2-4','us/fr/1-2-4','1-2-4','Frank. Stat. § 1-2-4','FS 1-2-4','Repealed','repealed',NULL,NULL,1,NULL,'2026 session',NULL,'',X'ABC0797B8AB0661DB714A9EE7528241D163CB9DC5C806889EBEFC6B129996F84',X'ABC0797B8AB0661DB714A9EE7528241D','Repealed, 1931 c 7.');
CREATE TABLE snapshots (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    pack INTEGER NOT NULL REFERENCES packs (key) ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    current_through TEXT NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    removed INTEGER NOT NULL
);
INSERT INTO "snapshots" VALUES(1,1,'aa11','2025-10-05T09:00:00+00:00','2025 session',2,0,0);
INSERT INTO "snapshots" VALUES(2,1,'ab12','2026-01-05T09:00:00+00:00','2026 session',0,1,0);
CREATE INDEX snapshots_of_pack ON snapshots (pack);
CREATE INDEX documents_by_id ON documents (id);
CREATE INDEX sections_by_id ON sections (id);
CREATE INDEX sections_by_act ON sections (act_id);
CREATE INDEX sections_by_document ON sections (document);
CREATE INDEX sections_in_order ON sections (pack, position);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('packs',1);
INSERT INTO "sqlite_sequence" VALUES('snapshots',2);
INSERT INTO "sqlite_sequence" VALUES('documents',1);
INSERT INTO "sqlite_sequence" VALUES('sections',3);
PRAGMA user_version = 1;
