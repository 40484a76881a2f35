from django.urls import include, path

from voting import views

vote_urls = [
    path("", views.ballot, name="ballot"),
    path("check/", views.check_ballot, name="check_ballot"),
    path("recorded/", views.ballot_recorded, name="ballot_recorded"),
]

urlpatterns = [path("votes/<uuid:pk>/", include(vote_urls))]
