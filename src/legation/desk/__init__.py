"""The officer's desk: Today, the shared record, the line of contact, the introduction."""
