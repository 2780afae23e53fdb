"""The pages, a module a part of the desk."""
