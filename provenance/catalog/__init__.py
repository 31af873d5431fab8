"""The manufacturer-origin database: one reviewable file per maker, compiled to an embedded database."""
