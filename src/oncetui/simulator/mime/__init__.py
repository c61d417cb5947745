"""Items as MIME: appointments as iCalendar, messages as mail."""
