"""The web application and its JSON API."""
