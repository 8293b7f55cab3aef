-- What was answered is kept, too: the same request gets the same reply.
ALTER TABLE requests ADD COLUMN reply TEXT;
