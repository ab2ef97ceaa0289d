import asyncio

from assay.server.bridge import WsgiBridge, environ_of

SCOPE = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "http_version": "1.1", "headers": []}


def answer_of(application, **scope):
    sent = []

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        sent.append(message)

    asyncio.run(WsgiBridge(application, threads=1)(SCOPE | scope, receive, send))
    return sent


def test_bridge_sends_cookies_without_a_space_before_them():
    def application(_environ, start_response):
        start_response("200 OK", [("Set-Cookie", " session=x; Path=/"), ("Set-Cookie", " csrf=y")])
        return [b"hello"]

    start, *_ = answer_of(application)
    assert start["headers"] == [(b"set-cookie", b"session=x; Path=/"), (b"set-cookie", b"csrf=y")]


def test_environ_drops_headers_that_pose_as_a_proxys():
    headers = [(b"x_forwarded_proto", b"https"), (b"x-forwarded-for", b"10.0.0.1"), (b"host", b"a.example")]
    environ = environ_of(SCOPE | {"headers": headers}, body=None)
    given = {name: value for name, value in environ.items() if name.startswith("HTTP_")}
    assert given == {"HTTP_X_FORWARDED_FOR": "10.0.0.1", "HTTP_HOST": "a.example"}


def test_environ_keeps_every_cookie_that_comes_in_headers_of_its_own():
    environ = environ_of(SCOPE | {"headers": [(b"cookie", b"a=1"), (b"cookie", b"b=2")]}, body=None)
    assert environ["HTTP_COOKIE"] == "a=1; b=2"


def test_environ_takes_a_query_that_was_not_encoded():
    environ = environ_of(SCOPE | {"query_string": "q=ü".encode()}, body=None)
    assert environ["QUERY_STRING"].encode("latin-1") == "q=ü".encode()
