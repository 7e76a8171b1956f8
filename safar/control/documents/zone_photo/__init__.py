"""A photo of a machine zone, for posts with no reader: its text, to be confirmed by the officer."""

from safar.control.documents.zone_photo.cutting_child import LARGEST
from safar.control.documents.zone_photo.installed import Reader, missing, reader
from safar.control.documents.zone_photo.reading import ZonePhoto, read_photo

__all__ = ["LARGEST", "Reader", "ZonePhoto", "missing", "read_photo", "reader"]
