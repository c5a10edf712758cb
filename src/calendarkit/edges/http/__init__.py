"""The HTTP client: the only way out, with wall deadlines and without surprises."""

from calendarkit.edges.http.client import HttpClient

__all__ = ["HttpClient"]
