"""What the booth and the counts of the border are told of applications that wait."""

from safar.control.border.waiting import Source, register
from safar.control.stays.queries.waiting import SUSPENDED, waiting_in_time

SOURCE = register(Source(waiting_in_time, SUSPENDED))
