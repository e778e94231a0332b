"""A page of PDF: text shaped by Qt, laid out in boxes, and every piece of it tagged for those who hear it."""
