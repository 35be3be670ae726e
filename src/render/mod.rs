//! A table or a report as text, markdown, csv, json: one file a format.
