"""Units to PO files and back. The PO files are the truth: reviewed text lives nowhere else."""
