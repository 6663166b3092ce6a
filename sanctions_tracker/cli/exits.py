"""What the exit code says."""

#: A check that was asked for failed.
FAILED_CHECK = 1

#: The question or its input is at fault; what is wrong stands on standard error.
AT_FAULT = 2
