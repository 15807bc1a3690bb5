#!/usr/bin/python3
"""A recorder on Debian's GStreamer RTSP server with its own ONVIF replay: a counterpart we did not write. It answers Require: onvif-replay,
PLAY with a clock range, and its rtponviftimestamp dates each picture in the RTP header extension 0xABAC.

usage: gst_recorder.py CLIP.h264 FPS USER PASSWORD     prints "ready PORT", serves until its standard input ends

The clip's every second begins with a keyframe. A line of standard input tells what there is of the recording from now on, as
{"from": SECONDS, "until": SECONDS, "gaps": [[FROM, UNTIL]]} since 1970, and is answered with "recorded".
"""
import json
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

DELIMITER = b"\x00\x00\x00\x01\x09"
NTP_EPOCH = 2208988800  # seconds from 1900 to 1970: clock ranges and 0xABAC count from 1900
SENT_SECONDS = 4
LAUNCH = ("( appsrc name=pictures format=time stream-type=seekable block=true max-buffers=50 caps=video/x-h264,stream-format=byte-stream,alignment=au "
          "! h264parse ! rtph264pay pt=96 config-interval=-1 ! rtponviftimestamp name=pay0 ntp-offset=0 )")


class Recording:
    """One clip, over and over, at the instants that were recorded."""

    def __init__(self, file, fps):
        with open(file, "rb") as opened:
            self.pictures = [DELIMITER + picture for picture in opened.read().split(DELIMITER) if picture]
        self.fps = fps
        self.there = {"from": 0, "until": 0, "gaps": []}

    def first(self, at):
        """The first whole second not before this that was recorded; of what is to come, the newest."""
        at = max(at, self.there["from"])
        for begin, end in sorted(self.there["gaps"]):
            at = end if begin <= at < end else at
        return min(at, self.there["until"] - 1)

    def configure(self, _, media):
        source = media.get_element().get_by_name("pictures")
        source.set_property("duration", (NTP_EPOCH + 4_000_000_000) * Gst.SECOND)
        Feeder(self, source)


class Feeder:
    """Feeds one viewer's replay from where it was sought."""

    def __init__(self, recording, source):
        self.recording = recording
        self.source = source
        self.turn = 0
        source.connect("seek-data", self.seek)
        source.connect("need-data", self.need)
        self.pending = iter(())

    def seek(self, _, offset):
        # Before anybody plays the server rolls to the beginning, to see what there is.
        at = offset // Gst.SECOND - NTP_EPOCH if offset else None
        self.pending = self.frames(at)
        return True

    def need(self, source, _):
        buffer = next(self.pending, None)
        if buffer is None:
            source.emit("end-of-stream")
        else:
            source.emit("push-buffer", buffer)

    def frames(self, at):
        recording = self.recording
        begin = 0 if at is None else NTP_EPOCH + recording.first(at)
        for number in range(int(SENT_SECONDS * recording.fps)):
            buffer = Gst.Buffer.new_wrapped(recording.pictures[number % len(recording.pictures)])
            buffer.pts = buffer.dts = begin * Gst.SECOND + round(number * Gst.SECOND / recording.fps)
            yield buffer


def main():
    file, fps, user, password = sys.argv[1:]
    Gst.init(None)
    loop = GLib.MainLoop()
    recording = Recording(file, float(fps))
    server = GstRtspServer.RTSPOnvifServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(2)  # GST_RTSP_AUTH_DIGEST
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", user)
    auth.add_digest(user, password, token)
    server.set_auth(auth)
    factory = GstRtspServer.RTSPOnvifMediaFactory()
    allowed = GstRtspServer.RTSPPermissions()
    allowed.add_role_from_structure(Gst.Structure.new_from_string(user + ", media.factory.access=(boolean)true, media.factory.construct=(boolean)true"))
    factory.set_permissions(allowed)
    factory.set_launch(LAUNCH)
    factory.set_media_gtype(GstRtspServer.RTSPOnvifMedia)
    factory.set_replay_support(True)
    factory.connect("media-configure", recording.configure)
    server.get_mount_points().add_factory("/replay", factory)
    server.attach(None)

    def hear():
        for line in sys.stdin:
            recording.there = json.loads(line)
            print("recorded", flush=True)
        loop.quit()

    threading.Thread(target=hear, daemon=True).start()
    print("ready", server.get_bound_port(), flush=True)
    loop.run()


if __name__ == "__main__":
    main()
