from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "pcnportal.people"
    label = "people"
