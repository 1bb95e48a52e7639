"""Readers of mail: RFC 5322 messages and Outlook's."""
