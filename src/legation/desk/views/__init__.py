"""Pages of the desk: of a day, of the record, of the line."""
