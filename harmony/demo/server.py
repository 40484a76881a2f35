"""Serving the demo from the command that makes it, with the clock beside."""

import errno
import importlib
import socket
import sys
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.utils.translation import gettext as _

from harmony import clock_thread


def serve(host: str, port: int) -> None:
    """Serve until stopped: with gunicorn, or where it cannot run, with Python's own server."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # empty, and looked for
    application = get_wsgi_application()
    if sys.platform == "win32":
        _serve_plainly(application, host, port)
    else:
        _serve_with_gunicorn(application, host, port)


def refuse_port_in_use(host: str, port: int) -> None:
    """Raise ValidationError, in words, where nothing can listen at `host:port`."""
    family, kind, protocol, _name, address = _resolve(host, port)
    with socket.socket(family, kind, protocol) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(address)
        except OSError as error:
            raise ValidationError(_why_not(error, host, port)) from error


def _resolve(host: str, port: int) -> tuple[Any, ...]:
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, OverflowError) as error:
        words = _("%(address)s is no address to serve at. Try 127.0.0.1:8000.")
        raise ValidationError(words % {"address": f"{host}:{port}"}) from error


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        words = _(
            "Something else serves at %(host)s:%(port)s already, perhaps this demo. Stop it, or "
            "choose another port: manage.py demo %(host)s:%(other)s"
        )
        return words % {"host": host, "port": port, "other": port + 1}
    return _("Cannot serve at %(host)s:%(port)s: %(error)s.") % {
        "host": host,
        "port": port,
        "error": error.strerror,
    }


def _serve_with_gunicorn(application: WSGIHandler, host: str, port: int) -> None:
    # By name: gunicorn needs `fcntl`, which not every system has.
    base = importlib.import_module("gunicorn.app.base").BaseApplication

    class Demo(base):  # type: ignore[misc, valid-type]
        def load_config(self) -> None:
            shown = f"[{host}]" if ":" in host else host
            options = {
                "bind": f"{shown}:{port}",
                "worker_class": "gthread",
                "threads": 8,
                "loglevel": "error",
                "control_socket_disable": True,
                "post_worker_init": lambda worker: clock_thread.start(),
            }
            for name, value in options.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            return application

    Demo().run()


class _ThreadedServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Log nothing: request logs would say who cast a ballot when."""


def _serve_plainly(application: WSGIHandler, host: str, port: int) -> None:
    clock_thread.start()
    with make_server(host, port, application, _ThreadedServer, _QuietHandler) as server:
        server.serve_forever()
