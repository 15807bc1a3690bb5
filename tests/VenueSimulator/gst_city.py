#!/usr/bin/python3
"""Cameras on Debian's GStreamer RTSP server: a server we did not write, for a probe that must not only understand our own.

usage: gst_city.py CONFIG.json     prints "ready PORT CONTROL", serves until SIGTERM or until its standard input ends

CONFIG: {"host": "127.0.0.1", "port": 0, "control": 0, "fps": 25, "cameras": [{"path", "user", "password", "clips": {NAME: FILE}, "live": [COMMAND...]}]}
A camera plays its clip "main" in a loop, or, where "live" is given, what that command writes ({fps} and {gop} are filled in).
Files and commands give H.264 in Annex B, each picture behind an access unit delimiter, starting with a keyframe.
Control is that of the load server: PUT /faults/PATH {"cut": true, "clip": "covered", "fps": 8}, DELETE /faults/PATH.
"""
import json
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

DELIMITER = b"\x00\x00\x00\x01\x09"
GOP_SECONDS = 2
LAUNCH = ("( appsrc name=pictures is-live=true format=time max-buffers=50 leaky-type=downstream "
          "caps=video/x-h264,stream-format=byte-stream,alignment=au ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1 )")


def split(stream):
    """The pictures of an Annex B byte string."""
    return [DELIMITER + picture for picture in stream.split(DELIMITER) if picture]


class Camera:
    """Feeds one mount. Pictures are made only while somebody looks."""

    def __init__(self, setup, fps):
        self.path = setup["path"]
        self.user = setup["user"]
        self.live = setup.get("live")
        self.fps = fps
        self.clips = {name: split(open(file, "rb").read()) for name, file in setup["clips"].items()}
        self.faults = {}
        self.source = None
        self.feeder = None
        self.changed = threading.Event()

    @property
    def cut(self):
        return self.faults.get("cut", False)

    def suffer(self, faults):
        self.faults = faults
        self.changed.set()

    def configure(self, _, media):
        self.source = media.get_element().get_by_name("pictures")
        media.connect("unprepared", self.stop)
        self.feeder = threading.Thread(target=self.feed, args=(self.source,), daemon=True)
        self.feeder.start()

    def stop(self, _):
        self.source = None
        self.changed.set()

    def feed(self, source):
        while self.source is source:
            self.changed.clear()
            fps = self.faults.get("fps") or self.fps
            clip = self.faults.get("clip") or "main"
            pictures = self.run(fps) if self.live and clip == "main" else self.loop(self.clips[clip], fps)
            pts = 0
            for picture in pictures:
                if self.changed.is_set():
                    break
                now = source.get_current_running_time()
                pts = pts if abs(now - pts) < Gst.SECOND else now  # even steps, as an encoder stamps them
                buffer = Gst.Buffer.new_wrapped(picture)
                buffer.pts = buffer.dts = pts
                source.emit("push-buffer", buffer)
                pts += round(Gst.SECOND / fps)
            pictures.close()

    @staticmethod
    def loop(clip, fps):
        due = time.monotonic()
        while True:
            for picture in clip:
                yield picture
                due = max(due + 1 / fps, time.monotonic() - 1)
                time.sleep(max(0, due - time.monotonic()))

    def run(self, fps):
        command = [word.format(fps=fps, gop=round(fps * GOP_SECONDS)) for word in self.live]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            rest = b""
            while chunk := process.stdout.read1(65536):
                *whole, last = (rest + chunk).split(DELIMITER)
                yield from (DELIMITER + picture for picture in whole if picture)
                rest = DELIMITER + last if whole else last
        finally:
            process.kill()
            process.wait()


class City:
    """All cameras behind one server, and the door to break them."""

    def __init__(self, config):
        self.cameras = {setup["path"]: Camera(setup, config["fps"]) for setup in config["cameras"]}
        self.server = GstRtspServer.RTSPServer()
        self.server.set_address(config["host"])
        self.server.set_service(str(config["port"]))
        self.server.set_auth(self.auth({(setup["user"], setup["password"]) for setup in config["cameras"]}))
        self.server.connect("client-connected", self.on_client)
        for camera in self.cameras.values():
            self.server.get_mount_points().add_factory("/" + camera.path, self.factory(camera))

    @staticmethod
    def auth(logins):
        auth = GstRtspServer.RTSPAuth()
        auth.set_supported_methods(2)  # GST_RTSP_AUTH_DIGEST
        for user, password in logins:
            token = GstRtspServer.RTSPToken()
            token.set_string("media.factory.role", user)
            auth.add_digest(user, password, token)
        return auth

    @staticmethod
    def factory(camera):
        allowed = GstRtspServer.RTSPPermissions()
        allowed.add_role_from_structure(Gst.Structure.new_from_string(
            camera.user + ", media.factory.access=(boolean)true, media.factory.construct=(boolean)true"))
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(LAUNCH)
        factory.set_shared(True)
        factory.set_permissions(allowed)
        factory.connect("media-configure", camera.configure)
        return factory

    def on_client(self, _, client):
        client.connect("pre-describe-request", self.before)
        client.connect("pre-setup-request", self.before)

    def before(self, client, context):
        """A cut camera answers nothing: its connection closes."""
        camera = self.cameras.get(context.uri.abspath.strip("/"))
        if camera and camera.cut:
            client.close()
            return 404
        return 200

    def suffer(self, path, faults):
        camera = self.cameras[path]
        unknown = set(faults) - {"cut", "clip", "fps"}
        if unknown or (faults.get("clip") or "main") not in camera.clips:
            raise KeyError(path)
        camera.suffer(faults)
        if camera.cut:
            GLib.idle_add(self.drop, camera)

    def drop(self, camera):
        for client in self.server.client_filter(None):
            if any(session.filter(self.plays, camera) for session in client.session_filter(None)):
                client.close()

    @staticmethod
    def plays(_, media, camera):
        found, _ = media.matches("/" + camera.path)
        return GstRtspServer.RTSPFilterResult.REF if found else GstRtspServer.RTSPFilterResult.KEEP


class Control(BaseHTTPRequestHandler):
    city = None

    def do_PUT(self):
        self.set(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def do_DELETE(self):
        self.set({})

    def do_GET(self):
        self.answer(200, json.dumps({path: camera.faults for path, camera in self.city.cameras.items()}).encode())

    def set(self, faults):
        try:
            self.city.suffer(self.path.removeprefix("/faults/"), faults)
            self.answer(204)
        except KeyError:
            self.answer(404)

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing: the night says what it does."""


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        config = json.load(file)
    Gst.init(None)
    loop = GLib.MainLoop()
    Control.city = City(config)
    Control.city.server.attach(None)
    control = ThreadingHTTPServer(("127.0.0.1", config["control"]), Control)
    threading.Thread(target=control.serve_forever, daemon=True).start()
    GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGTERM, loop.quit)
    GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGINT, loop.quit)
    threading.Thread(target=lambda: (sys.stdin.read(), loop.quit()), daemon=True).start()
    print("ready", Control.city.server.get_bound_port(), control.server_port, flush=True)
    loop.run()
    cameras = Control.city.cameras.values()
    for camera in cameras:
        camera.stop(None)
    for feeder in [camera.feeder for camera in cameras if camera.feeder]:
        feeder.join(5)  # it ends the command it reads from


if __name__ == "__main__":
    main()
