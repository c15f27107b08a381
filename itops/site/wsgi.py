"""What the web server loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "itops.settings")
application = get_wsgi_application()

# What is loaded by now stays for good: the collector need not look through it again and again during requests.
gc.collect()
gc.freeze()
