import asyncio

from django.core.handlers.wsgi import WSGIRequest

from assay.server.bridge import SPOOL_BYTES, WsgiBridge

SCOPE = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "http_version": "1.1", "headers": []}


def messages_for(application, *received, **scope):
    waiting, sent = list(received), []

    async def receive():
        if not waiting:
            await asyncio.Event().wait()  # the client stays and says nothing more
        return waiting.pop(0)

    async def send(message):
        sent.append(message)

    asyncio.run(WsgiBridge(application, threads=1)(SCOPE | scope, receive, send))
    return sent


def body_of(messages):
    return b"".join(message.get("body", b"") for message in messages[1:])


def echo(environ, start_response):
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


def test_bridge_hands_over_a_body_larger_than_its_memory_whole():
    first, second = b"a" * SPOOL_BYTES, b"b" * 10
    chunks = [{"type": "http.request", "body": first, "more_body": True}, {"type": "http.request", "body": second}]
    assert body_of(messages_for(echo, *chunks)) == first + second


def test_bridge_does_not_act_on_half_a_body():
    called = []

    def application(environ, start_response):
        called.append(environ)
        return echo(environ, start_response)

    half = {"type": "http.request", "body": b"name=Ra", "more_body": True}
    assert (messages_for(application, half, {"type": "http.disconnect"}), called) == ([], [])


def test_bridge_sends_each_chunk_of_a_stream_by_itself():
    def application(_environ, start_response):
        start_response("200 OK", [])
        yield b"one"
        yield b"two"

    _, *chunks = messages_for(application, {"type": "http.request", "body": b""})
    assert [chunk["body"] for chunk in chunks] == [b"one", b"two", b""]


def test_bridge_ends_a_stream_that_nobody_reads():
    made, closed = [], []

    class Stream:
        def __iter__(self):
            for number in range(10_000):
                made.append(number)
                yield b"x" * 1000

        def close(self):
            closed.append(True)

    def application(_environ, start_response):
        start_response("200 OK", [])
        return Stream()

    body = {"type": "http.request", "body": b""}
    messages_for(application, body, {"type": "http.disconnect"})
    assert (len(made) < 10_000, closed) == (True, [True])


def test_bridge_gives_a_path_beyond_ascii_as_pep_3333_wants_it():
    def application(environ, start_response):
        start_response("200 OK", [])
        return [environ["PATH_INFO"].encode("latin-1")]

    answer = messages_for(application, {"type": "http.request", "body": b""}, path="/rôles/ü")
    assert body_of(answer) == "/rôles/ü".encode()


def test_bridge_hands_django_a_chunked_body_that_names_no_length():
    def application(environ, start_response):
        start_response("200 OK", [])
        return [WSGIRequest(environ).body]

    chunks = [{"type": "http.request", "body": b"na", "more_body": True}, {"type": "http.request", "body": b"me"}]
    headers = [(b"transfer-encoding", b"chunked"), (b"content-type", b"text/plain")]
    assert body_of(messages_for(application, *chunks, headers=headers)) == b"name"
