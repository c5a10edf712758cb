"""WeCom (企业微信) publishers for calendarkit."""
