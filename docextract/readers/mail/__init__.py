"""Mail: RFC 5322 messages and Outlook's."""
