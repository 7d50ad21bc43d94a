"""Settings, addresses, binding: the one package that knows everybody and is known by nobody."""
