"""What the exit code says."""

#: A check that was asked for failed.
FAILED_CHECK = 1

#: The question or its input is at fault; what is wrong stands on standard error.
AT_FAULT = 2

#: Done, but some rows of the input could not be read: they stand on standard error and among the rejected.
SOME_REJECTED = 3
