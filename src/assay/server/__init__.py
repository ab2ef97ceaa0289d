"""Settings, URLs and the processes that make up a running Assay."""
