"""How good the linter is: planted defects that it must find, and real findings read by hand."""
