-- A pack's codes stand with it: to list them every document had to be read.

ALTER TABLE packs ADD COLUMN codes TEXT NOT NULL DEFAULT '[]';

UPDATE packs SET codes = (
    SELECT json_group_array(code) FROM (
        SELECT DISTINCT code FROM documents WHERE documents.pack = packs.key ORDER BY code
    )
);
