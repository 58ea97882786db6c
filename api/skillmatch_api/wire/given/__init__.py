"""What requests give: documents, checklists, searches and wishes, read into values."""
