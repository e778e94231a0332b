"""What every other room stands on: errors, ids, clock, language, settings, files, joining."""
