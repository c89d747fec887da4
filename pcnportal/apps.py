from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "pcnportal"
    verbose_name = "PCN portal"
