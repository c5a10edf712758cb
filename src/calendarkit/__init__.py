"""calendarkit: content calendars and publishing for community commerce."""
