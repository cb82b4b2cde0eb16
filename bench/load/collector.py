"""Takes what is sent by OTLP over HTTP and throws it away: collector.py PORT. Says at the end how much came, by path."""
import collections
import http.server
import signal
import sys

received = collections.Counter()


class Sink(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        received[self.path] += len(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "application/x-protobuf")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def end(*_):
    print(dict(received), file=sys.stderr)
    sys.exit()


signal.signal(signal.SIGTERM, end)
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Sink).serve_forever()
