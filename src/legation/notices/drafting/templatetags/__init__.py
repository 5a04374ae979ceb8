"""What the pages of drafts show beside them: `{% load drafting %}`."""
