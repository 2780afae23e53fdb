"""Changes of the tables over time. They run by themselves when the store is opened, after a backup."""
