"""Harmony's table of contents."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from harmony import views
from harmony.views.demo import demo
from harmony.views.health import healthz
from harmony.views.how import how, how_star, how_ties, how_words
from harmony.views.me import me

how_urls = [
    path("", how, name="how"),
    path("star/", how_star, name="how_star"),
    path("ties/", how_ties, name="how_ties"),
    path("words/", how_words, name="how_words"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("", include("consensus.urls")),
    path("", include("voting.urls")),
    path("", include("assemblies.urls")),
    path("", include("notices.urls")),
    path("assemblies/<slug:slug>/", views.assembly, name="assembly"),
    path("decisions/<int:pk>/", views.decision, name="decision"),
    path("votes/<uuid:pk>/result/", views.result, name="result"),
    path("how-it-works/", include(how_urls)),
    path("me/", me, name="me"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("demo/", demo, name="demo"),  # 404 but in the demo
]

handler400 = "harmony.views.errors.bad_request"
handler403 = "harmony.views.errors.denied"
handler404 = "harmony.views.errors.not_found"
handler500 = "harmony.views.errors.broken"
