"""Files that hold documents: mails and archives. Each document inside is taken in on its own; nothing is read here."""
