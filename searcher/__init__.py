"""Find passages in evaluation reports, each with its page and ready to cite."""

__version__ = "0.1.0"
