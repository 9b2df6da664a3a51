"""The sample reports: their prose in ``text/`` and the layouts that print it."""
