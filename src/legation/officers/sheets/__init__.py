"""Lists as CSV and XLSX: read within bounds, written so that no cell computes."""
