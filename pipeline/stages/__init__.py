"""One file a stage of the pipeline; a locale's locale.toml says which run, in which order."""
