"""What takes too long for each `make test`: many runs with faults at random (`make drill`)."""
