"""One module a page or a few that belong together; each lists its routes as `ROUTES`."""
