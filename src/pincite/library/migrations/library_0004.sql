-- Law that comes from a document knows on which of its pages each part of a section stands.

ALTER TABLE sections ADD COLUMN pages TEXT NOT NULL DEFAULT '';
