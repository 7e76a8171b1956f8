"""In which languages somebody is interviewed or taught."""

from django.utils.translation import gettext_lazy as _

LANGUAGES = [
    ("fa", _("Persian")), ("ps", _("Pashto")), ("uz", _("Uzbek")), ("tg", _("Tajik")),
    ("ru", _("Russian")), ("ky", _("Kyrgyz")), ("kk", _("Kazakh")), ("tk", _("Turkmen")),
    ("ug", _("Uyghur")), ("ar", _("Arabic")), ("tr", _("Turkish")), ("en", _("English")),
]  # fmt: skip
