"""Why is nothing done to any application? Sentences that visas and passports say alike."""

from typing import Final

from django.utils.translation import gettext_lazy as _

SENT: Final = _("This application is sent already. Nothing of it can be changed.")
TYPED_IT: Final = _("You typed this application. Another officer decides on it.")
