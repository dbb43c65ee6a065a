"""The register: one append-only, hash-chained journal of what people said."""
