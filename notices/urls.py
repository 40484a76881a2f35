from django.urls import path

from notices import views

urlpatterns = [path("notices/read/", views.notices_read, name="notices_read")]
