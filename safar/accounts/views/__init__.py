"""Pages of accounts: one's own, and the administrator's and the auditor's."""
