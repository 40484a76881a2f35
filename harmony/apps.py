from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class HarmonyConfig(AppConfig):
    name = "harmony"


class HarmonyAdminConfig(AdminConfig):
    default_site = "harmony.admin_site.HarmonyAdminSite"
