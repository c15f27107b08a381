"""What the web server loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "itops.settings")
application = get_wsgi_application()

get_resolver().resolve("/alive/")  # with it every page's module is loaded, before the first request comes

# What is loaded by now stays for good: the collector need not look through it again and again during requests. A page
# makes some ten thousand objects, nearly all of which go by themselves: it need not look at every seven hundred either.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
