"""What `make bench-load` is made of: the installation that is worked on, a browser without a window, the load, what it costs, and the
comparison of what was acknowledged with what is there."""
