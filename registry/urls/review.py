"""Addresses of the review, of departures and of the recommendation."""

from django.urls import path

from registry.views.recommending import Recommend, RecordDeparture, RecordReply, SendDeparture
from registry.views.review import LinePage, ReviewPage

CASE = "registrations/<int:pk>"
LINE = f"{CASE}/review/<slug:key>"

urlpatterns = [
    path(f"{CASE}/review/", ReviewPage.as_view(), name="review"),
    path(f"{LINE}/", LinePage.as_view(), name="line"),
    path(f"{LINE}/departure/", RecordDeparture.as_view(), name="departure"),
    path(f"{LINE}/departure/sent/", SendDeparture.as_view(), name="send_departure"),
    path(f"{LINE}/departure/reply/", RecordReply.as_view(), name="reply"),
    path(f"{CASE}/recommend/", Recommend.as_view(), name="recommend"),
]
