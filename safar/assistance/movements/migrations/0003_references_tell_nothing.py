"""A reference that is taken in a case out of sight is no answer: it would tell of that case."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("movements", "0002_walls_and_readiness")]

    operations = [migrations.RemoveConstraint("movementfile", "movement_referred_once")]
