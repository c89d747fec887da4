from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "pcnportal.findings"
    label = "findings"
