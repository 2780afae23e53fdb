"""The review desk: a local Django application over the store. Shows no letter without a login."""
