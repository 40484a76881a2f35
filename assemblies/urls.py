from django.urls import path

from assemblies import views

urlpatterns = [
    path("assemblies/", views.assemblies, name="assemblies"),
    path("assemblies/<slug:slug>/join/", views.join_assembly, name="join_assembly"),
    path("assemblies/<slug:slug>/leave/", views.leave_assembly, name="leave_assembly"),
]
