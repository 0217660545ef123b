"""The chat engine against a server on this machine: prompts, order, patience, refusals."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pipeline.engine import Constraint, EngineSettings, Request
from pipeline.engines import chat
from pipeline.errors import SanwenError


class Server(ThreadingHTTPServer):
    """Answers with what `say` makes of a request's body and the number of requests before it."""

    daemon_threads = True

    def __init__(self, say):
        self.say, self.seen = say, []
        super().__init__(("127.0.0.1", 0), Handler)

    def handle_error(self, *_):
        """A client that hangs up is part of the tests."""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append((self.path, self.headers.get("Authorization"), body))
        status, headers, text = self.server.say(body, len(self.server.seen))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text if isinstance(text, bytes) else json.dumps(text).encode())

    def log_message(self, *_):
        pass


def answer(text, finish="stop"):
    return 200, {}, {"choices": [{"message": {"content": text}, "finish_reason": finish}]}


@pytest.fixture
def serve(monkeypatch):
    monkeypatch.setattr(chat, "WAIT", 0.01)
    monkeypatch.delenv("SANWEN_CHAT_KEY", raising=False)
    monkeypatch.setenv("no_proxy", "*")
    servers = []

    def start(say, **settings):
        server = Server(say)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        extra = {"url": server.url, "timeout": 5, **settings.pop("extra", {})}
        return server, chat.load(EngineSettings(name="chat", model="m", extra=extra, **settings))

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_terms_go_into_the_prompt_and_answers_come_in_order(serve, monkeypatch):
    monkeypatch.setenv("SANWEN_CHAT_KEY", "secret")
    server, engine = serve(lambda body, _: answer(f"译：{body['messages'][1]['content']}\n"), threads=4)
    asks = [Request(f"Sentence\n{i}.") for i in range(20)]
    asks.append(Request("Détente with Mr. Trump", (Constraint(0, 7, "缓和"), Constraint(17, 22, "特朗普"))))
    assert [r.text for r in engine.translate([*asks, Request(" ")])] == [
        *(f"译：Sentence {i}." for i in range(20)),
        "译：Détente with Mr. Trump",
        "",
    ]
    assert len(server.seen) == 21
    path, key, body = next(s for s in server.seen if "Trump" in s[2]["messages"][1]["content"])
    assert (path, key, body["model"], body["temperature"]) == ("/v1/chat/completions", "Bearer secret", "m", 0)
    assert "\nDétente = 缓和\nTrump = 特朗普" in body["messages"][0]["content"]
    assert engine.signature == f"chat/1 m@127.0.0.1:{server.server_port}"
    assert engine.mask.format(n=1) in chat.TASK


def test_a_busy_server_is_asked_again(serve):
    busy = {1: (429, {"Retry-After": "0"}, b""), 2: (503, {}, b"")}
    server, engine = serve(lambda _, n: busy.get(n) or answer("好"))
    assert engine.translate([Request("Good.")])[0].text == "好"
    assert len(server.seen) == 3


def test_patience_ends(serve):
    server, engine = serve(lambda *_: (503, {}, b""), extra={"tries": 2})
    with pytest.raises(SanwenError, match="no answer after 2 tries: HTTP 503"):
        engine.translate([Request("Good.")])
    assert len(server.seen) == 2


def test_a_silent_server_is_not_waited_for_long(serve):
    held = threading.Event()

    def late(*_):
        held.wait(5)
        return answer("迟")

    _, engine = serve(late, extra={"tries": 1, "timeout": 0.2})
    with pytest.raises(SanwenError, match="no answer after 1 tries"):
        engine.translate([Request("Good.")])
    held.set()


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        ((401, {}, b"bad key"), "HTTP 401: bad key"),
        ((302, {"Location": "http://127.0.0.1:9/"}, b""), "HTTP 302"),
        ((200, {}, b"<html>"), "no chat completion"),
        ((200, {}, {"choices": []}), "no chat completion"),
        ((200, {}, {"choices": [{"message": {"content": None}}]}), "no chat completion"),
        (answer(" \n "), "answers with nothing"),
    ],
)
def test_bad_answers_are_clear_errors(serve, reply, says):
    _, engine = serve(lambda *_: reply)
    with pytest.raises(SanwenError, match=says):
        engine.translate([Request("Good.")])


def test_one_line_in_one_line_out(serve):
    server, engine = serve(lambda _, n: answer("好。\n\n（注：…）" if n == 1 else "好。"))
    assert engine.translate([Request("Good.")])[0].text == "好。"
    assert len(server.seen) == 2
    _, engine = serve(lambda *_: answer("好。\n注\0：x"))
    result = engine.translate([Request("Good.")])[0]
    assert (result.text, result.truncated) == ("好。 注 ：x", True)


def test_a_cut_answer_says_so(serve):
    _, engine = serve(lambda *_: answer("很长", "length"))
    assert engine.translate([Request("Long.")])[0].truncated


@pytest.mark.parametrize(
    ("settings", "key", "says"),
    [
        ({"model": "m"}, "", "no address"),
        ({"model": "m", "extra": {"url": "file:///etc/passwd"}}, "", "no http address"),
        ({"model": "m", "extra": {"url": "http://example.org/v1"}}, "k", "unencrypted"),
        ({"extra": {"url": "https://example.org/v1"}}, "k", "name of a model"),
        ({"model": "m", "extra": {"url": "https://example.org/v1", "timeout": -1.0}}, "", "positive"),
        ({"model": "m", "extra": {"ulr": "https://example.org/v1"}}, "", "Did you mean 'url'"),
    ],
)
def test_wrong_settings(monkeypatch, settings, key, says):
    monkeypatch.delenv("SANWEN_CHAT_URL", raising=False)
    monkeypatch.setenv("SANWEN_CHAT_KEY", key)
    with pytest.raises(SanwenError, match=says):
        chat.load(EngineSettings(name="chat", **settings))
