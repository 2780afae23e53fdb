"""The store as a Django application."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Label ``store``: the tables are ``store_document`` and so on."""

    name = "pipeline.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
