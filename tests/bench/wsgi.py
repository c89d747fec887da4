"""The portal with the Django admin's list of practices 25 to a page, to be measured beside ours."""

from django.contrib import admin

from pcnportal.wsgi import application
from registry.models import Practice

__all__ = ["application"]
admin.autodiscover()
type(admin.site._registry[Practice]).list_per_page = 25
