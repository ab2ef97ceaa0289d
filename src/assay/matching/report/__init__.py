"""A sheet as JSON and as CSV; the page that prints is `web.shortlist_file`."""
