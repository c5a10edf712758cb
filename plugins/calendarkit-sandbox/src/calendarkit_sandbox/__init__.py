"""A local stand-in for the WeChat servers, with a record of what members saw."""
