"""Watching (值守): what tells those outside how runs of ``publish`` go: a log, figures, a ping, and observers."""
