"""Documents: PDF, HTML, Word, Markdown and plain text become blocks, and these sections."""
