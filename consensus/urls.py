from django.urls import include, path

from consensus import views

matter_urls = [
    path("", views.matter, name="matter"),
    path("say/", views.say, name="say"),
    path("propose/", views.propose, name="propose"),
    path("divide/", views.declare_division, name="declare_division"),
    path("call/", views.call_debate, name="call_debate"),
    path("history/", views.matter_history, name="matter_history"),
]

urlpatterns = [
    path("assemblies/<slug:slug>/matters/new/", views.raise_matter, name="raise_matter"),
    path("matters/<int:pk>/", include(matter_urls)),
    path("matters/<int:matter_pk>/proposals/<int:pk>/", views.proposal, name="proposal"),
    path("decisions/", views.decisions, name="decisions"),
]
