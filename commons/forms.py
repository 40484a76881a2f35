"""How forms look: one renderer, so that every form in Harmony is drawn by the same templates."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draw a form field by field: label, help, error, then the control; see `templates/django`."""

    form_template_name = "django/forms/harmony_form.html"
    field_template_name = "django/forms/harmony_field.html"
