"""What every app stands on: actions, audit, errors, permissions, records, workflows."""
