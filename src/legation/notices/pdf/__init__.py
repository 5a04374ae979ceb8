"""A notice on paper: one sheet of data, set by Typst as PDF/A, the same bytes on any machine."""
