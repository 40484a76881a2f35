"""The admin in the Party's tokens, open to those whose office needs it (E11)."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class HarmonyAdminSite(AdminSite):
    site_header = _("Harmony: the General Secretary's desk")
    site_title = _("Harmony")
    index_title = _("People, assemblies and terms")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.has_perm("assemblies.use_admin")
