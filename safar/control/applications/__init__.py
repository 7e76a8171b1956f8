"""What an application for a visa and one for a passport have alike: papers, fees, the lists.

The room keeps no table of its own: visas and passports build theirs on its models.
"""
