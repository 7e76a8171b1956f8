"""Django's own commands for developers; everybody else uses `safar`."""

import os
import sys

from django.core.management import execute_from_command_line

from safar.config import database

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safar.config.settings.development")
    database.ensure_running()
    execute_from_command_line(sys.argv)
