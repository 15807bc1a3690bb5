#!/usr/bin/python3
"""Cameras on Debian's GStreamer RTSP server: a server we did not write, for a probe that must not only understand our own.

usage: gst_city.py CONFIG.json     prints "ready PORT CONTROL", serves until SIGTERM or until its standard input ends

CONFIG: {"host": "127.0.0.1", "port": 0, "control": 0, "fps": 25, "cameras": [{"path", "user", "password", "clips": {NAME: FILE}, "live": [COMMAND...]}]}
A camera plays its clip "main" in a loop, or, where "live" is given, what that command writes ({fps} and {gop} are filled in).
Files and commands give H.264 in Annex B, each picture behind an access unit delimiter, starting with a keyframe; a file that ends in
.h265 gives H.265. Control is that of the load server: PUT /faults/PATH {"cut": true, "clip": "covered", "fps": 8}, DELETE /faults/PATH;
PUT /clips/PATH/NAME {"file": FILE} teaches a camera one clip more. FAULTS says what it can suffer.
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
from gi.repository import GLib, GObject, Gst, GstRtspServer  # noqa: E402

START = b"\x00\x00\x00\x01"
DELIMITERS = {"h264": START + b"\x09", "h265": START + b"\x46"}
DELIMITER = DELIMITERS["h264"]
GOP_SECONDS = 2
NTP_EPOCH = 2208988800  # seconds from 1900 to 1970

# cut: clients are dropped and nobody is answered. missing: there is no such mount. stalled, frozen, starved: of the media, while somebody looks.
# sessions: at most so many, then status (453 by us; 503 by the server's own session pool). password: the one that counts now.
# skew: the clock of its sender reports is so many seconds ahead.
FAULTS = {"cut", "missing", "clip", "fps", "stalled", "frozen", "starved", "sessions", "status", "password", "skew"}


def launch(codec):
    return (f"( appsrc name=pictures is-live=true format=time max-buffers=50 leaky-type=downstream "
            f"caps=video/x-{codec},stream-format=byte-stream,alignment=au ! {codec}parse ! rtp{codec}pay name=pay0 pt=96 config-interval=-1 )")


class Clip:
    """The pictures of an Annex B file."""

    def __init__(self, file):
        self.codec = "h265" if file.endswith(".h265") else "h264"
        delimiter = DELIMITERS[self.codec]
        with open(file, "rb") as opened:
            self.pictures = [delimiter + picture for picture in opened.read().split(delimiter) if picture]


def is_keyframe(picture):
    """Of H.264: whether it brings parameter sets or can be decoded alone."""
    return any(nal and nal[0] & 31 in (5, 7) for nal in picture.split(b"\x00\x00\x01"))


def clock_ahead(seconds):
    """A clock that counts from 1900, as sender reports do, and is so far ahead."""
    clock = GObject.new(Gst.SystemClock, name="skewed", clock_type=Gst.ClockType.REALTIME)
    clock.set_calibration(0, round((NTP_EPOCH + seconds) * Gst.SECOND), 1, 1)
    return clock


class Camera:
    """Feeds one mount. Pictures are made only while somebody looks."""

    def __init__(self, setup, fps):
        self.path = setup["path"]
        self.user = setup["user"]
        self.live = setup.get("live")
        self.fps = fps
        self.clips = {name: Clip(file) for name, file in setup["clips"].items()}
        self.faults = {}
        self.password = setup["password"]
        self.factory = None
        self.source = None
        self.feeder = None
        self.changed = threading.Event()

    @property
    def cut(self):
        return self.faults.get("cut", False)

    @property
    def clip(self):
        return self.clips[self.faults.get("clip") or "main"]

    def suffer(self, faults):
        """Whether those who look have to begin anew: what is described to them, or their clock, is another."""
        before, clip = self.faults, self.clip
        self.faults = faults
        self.changed.set()
        return clip.codec != self.clip.codec or any((before.get(name) or 0) != (faults.get(name) or 0) for name in ("skew", "missing", "cut"))

    def configure(self, _, media):
        self.source = media.get_element().get_by_name("pictures")
        media.connect("unprepared", self.stop)
        if self.faults.get("skew"):
            media.set_clock(clock_ahead(self.faults["skew"]))
            media.connect("prepared", self.tell_clock)
        self.feeder = threading.Thread(target=self.feed, args=(self.source,), daemon=True)
        self.feeder.start()

    @staticmethod
    def tell_clock(media):
        """Sender reports carry the pipeline's clock, not the machine's."""
        for element in media.get_element().get_parent().children:
            if element.get_factory().get_name() == "rtpbin":
                element.set_property("ntp-time-source", 3)  # GST_RTP_NTP_TIME_SOURCE_CLOCK_TIME

    def stop(self, _):
        self.source = None
        self.changed.set()

    def feed(self, source):
        while self.source is source:
            self.changed.clear()
            fps = self.faults.get("fps") or self.fps
            if self.faults.get("stalled"):
                self.changed.wait()
                continue
            pictures = self.run(fps) if self.live and not self.faults.get("clip") else self.loop(self.shown(), fps)
            pts = 0
            for picture in pictures:
                if self.changed.is_set():
                    break
                if picture is None:
                    continue
                now = source.get_current_running_time()
                now = 0 if now == Gst.CLOCK_TIME_NONE else now  # it does not run yet
                pts = pts if abs(now - pts) < Gst.SECOND else now  # even steps, as an encoder stamps them
                buffer = Gst.Buffer.new_wrapped(picture)
                buffer.pts = buffer.dts = pts
                source.emit("push-buffer", buffer)
                pts += round(Gst.SECOND / fps)
            pictures.close()

    def shown(self):
        """What is sent of the clip, in its order; None where a picture is left out."""
        pictures = self.clip.pictures
        if self.faults.get("frozen"):
            return pictures[:1]
        return [None if is_keyframe(picture) else picture for picture in pictures] if self.faults.get("starved") else pictures

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
        self.pool = self.server.get_session_pool()
        self.auth = GstRtspServer.RTSPAuth()
        self.auth.set_supported_methods(2)  # GST_RTSP_AUTH_DIGEST
        self.server.set_auth(self.auth)
        self.server.connect("client-connected", self.on_client)
        for camera in self.cameras.values():
            self.admit(camera, camera.password)
            camera.factory = self.factory(camera)
            self.server.get_mount_points().add_factory("/" + camera.path, camera.factory)

    def admit(self, camera, password):
        token = GstRtspServer.RTSPToken()
        token.set_string("media.factory.role", camera.user)
        self.auth.remove_digest(camera.user)
        self.auth.add_digest(camera.user, password, token)

    @staticmethod
    def factory(camera):
        allowed = GstRtspServer.RTSPPermissions()
        allowed.add_role_from_structure(Gst.Structure.new_from_string(
            camera.user + ", media.factory.access=(boolean)true, media.factory.construct=(boolean)true"))
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(launch(camera.clip.codec))
        factory.set_shared(True)
        factory.set_permissions(allowed)
        factory.connect("media-configure", camera.configure)
        return factory

    def on_client(self, _, client):
        client.connect("pre-describe-request", self.before)
        client.connect("pre-setup-request", self.before)
        client.connect("pre-setup-request", self.before_setup)

    def before_setup(self, _, context):
        camera = next((camera for camera in self.cameras.values() if context.uri.abspath.strip("/").startswith(camera.path)), None)
        limit = camera and camera.faults.get("sessions")
        return camera.faults["status"] if limit is not None and camera.faults["status"] != 503 and self.pool.get_n_sessions() >= limit else 200

    def before(self, client, context):
        """A cut camera answers nothing: its connection closes."""
        camera = self.cameras.get(context.uri.abspath.strip("/"))
        if camera and camera.cut:
            client.close()
            return 404
        return 200

    def suffer(self, path, faults):
        camera = self.cameras[path]
        if set(faults) - FAULTS or (faults.get("clip") or "main") not in camera.clips:
            raise KeyError(path)
        done = threading.Event()
        GLib.idle_add(self.strike, camera, faults, done)
        done.wait(10)

    def strike(self, camera, faults, done):
        anew = camera.suffer(faults)
        self.admit(camera, faults.get("password") or camera.password)
        self.pool.set_max_sessions((faults.get("sessions") or 0) if faults.get("status") == 503 else 0)
        if anew:
            self.drop(camera)
            mounts = self.server.get_mount_points()
            mounts.remove_factory("/" + camera.path)
            if not faults.get("missing"):
                camera.factory = self.factory(camera)
                mounts.add_factory("/" + camera.path, camera.factory)
        done.set()

    def learn(self, path, name, file):
        self.cameras[path].clips[name] = Clip(file)

    def drop(self, camera):
        """Those who look at it lose session and connection."""
        for client in self.server.client_filter(None):
            looking = [session for session in client.session_filter(None) if session.filter(self.plays, camera)]
            for session in looking:
                self.pool.remove(session)
            if looking:
                client.close()

    @staticmethod
    def plays(_, media, camera):
        found, _ = media.matches("/" + camera.path)
        return GstRtspServer.RTSPFilterResult.REF if found else GstRtspServer.RTSPFilterResult.KEEP


class Control(BaseHTTPRequestHandler):
    city = None

    def do_PUT(self):
        wish = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path.startswith("/clips/"):
            camera, _, name = self.path.removeprefix("/clips/").rpartition("/")
            self.city.learn(camera, name, wish["file"])
            self.answer(204)
        else:
            self.set(wish)

    def do_DELETE(self):
        self.set({})

    def do_GET(self):
        if self.path == "/sessions":
            self.answer(200, str(self.city.pool.get_n_sessions()).encode())
            return
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
