from django.urls import include, path

from benchmarks.bare import bare

urlpatterns = [path("bare/", bare), path("", include("harmony.urls"))]
