#!/usr/bin/python3
"""One mount per codec on Debian's GStreamer RTSP server, behind digest: a server we did not write. Over TLS when a PEM file
with certificate and key is given. Prints its port; ends with its standard input."""
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtspServer  # noqa: E402

LAUNCH = {
    "h264": "( videotestsrc is-live=true pattern=ball ! video/x-raw,width=640,height=360,framerate=25/1 "
            "! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25 bitrate=800 ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1 )",
    "h265": "( videotestsrc is-live=true pattern=ball ! video/x-raw,width=640,height=360,framerate=25/1 "
            "! x265enc tune=zerolatency speed-preset=ultrafast key-int-max=25 bitrate=800 ! h265parse ! rtph265pay name=pay0 pt=96 config-interval=-1 )",
}

Gst.init(None)
loop = GLib.MainLoop()
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service("0")
auth = GstRtspServer.RTSPAuth()
auth.set_supported_methods(2)  # GST_RTSP_AUTH_DIGEST
token = GstRtspServer.RTSPToken()
token.set_string("media.factory.role", "police")
auth.add_digest("police", "secret", token)
if len(sys.argv) > 1:
    auth.set_tls_certificate(Gio.TlsCertificate.new_from_file(sys.argv[1]))
server.set_auth(auth)
for name, launch in LAUNCH.items():
    allowed = GstRtspServer.RTSPPermissions()
    allowed.add_role_from_structure(Gst.Structure.new_from_string("police, media.factory.access=(boolean)true, media.factory.construct=(boolean)true"))
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(launch)
    factory.set_shared(True)
    factory.set_permissions(allowed)
    server.get_mount_points().add_factory("/" + name, factory)
server.attach(None)
threading.Thread(target=lambda: (sys.stdin.read(), loop.quit()), daemon=True).start()
print(server.get_bound_port(), flush=True)
loop.run()
