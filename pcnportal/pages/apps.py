from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pcnportal.pages"
    label = "pages"
