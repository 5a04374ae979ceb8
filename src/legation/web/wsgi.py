"""The desk as a WSGI application, for `legation serve` and for any other server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legation.settings")
application = get_wsgi_application()
