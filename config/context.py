"""What every template may read."""


def workplace(request):
    return {}
