"""Short, messy questions of owners, tenants and clinics, and where the law for them ranks."""
