"""A small proxy that ends TLS, as far as Harmony can see, and a visitor who comes through it."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlencode, urlsplit

# Of one hop only.
_OWN = {"connection", "keep-alive", "transfer-encoding", "x-forwarded-proto", "x-forwarded-for"}


@contextmanager
def proxy_to(port: int) -> Iterator[int]:
    """Pass requests on to `port`, saying that they came by https; give the port to ask at."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("To", (_Handler,), {"upstream": port}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    upstream: int

    def do_GET(self) -> None:
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _OWN}
        headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        connection = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=30)
        connection.request(self.command, self.path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _OWN | {"content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        connection.close()

    do_POST = do_GET  # noqa: N815 - the library's own name

    def log_message(self, *_: object) -> None:
        pass


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass
class Visitor:
    """A browser that keeps cookies, sends them by https only, and says where it comes from."""

    port: int
    name: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, object]) -> Answer:
        """Post the fields with the token that the site gave."""
        token = {"csrfmiddlewaretoken": self.cookies["__Host-csrf"]}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"https://{self.name}{path}",
        }
        return self._ask("POST", path, urlencode(fields | token, doseq=True), headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Host": self.name, "Cookie": kept} | headers
        connection.request(
            method, urlsplit(path)._replace(scheme="", netloc="").geturl(), body, sent
        )
        answer = connection.getresponse()
        result = Answer(answer.status, answer.headers, answer.read())
        connection.close()
        for cookie in result.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            if "Max-Age=0" in cookie:
                self.cookies.pop(name, None)
            else:
                assert "; Secure" in cookie
                self.cookies[name] = value
        return result
