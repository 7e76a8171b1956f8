"""The entry point for the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safar.config.settings.development")
# The server never works as the owner of the tables; pages of the other wing change the role.
os.environ["SAFAR_ROLE"] = "safar_control"
application = get_wsgi_application()
