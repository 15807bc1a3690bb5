using System.Net;
using System.Net.Sockets;

namespace VenueSimulator.Load;

/// <summary>Where a session's media goes: into the RTSP connection, or to a pair of UDP ports.</summary>
/// <param name="Media">Null for TCP.</param>
/// <param name="From">Nothing is shown before this time of the server (a camera that starts slowly).</param>
internal sealed record Viewer(Connection Connection, IPEndPoint? Media, IPEndPoint? Reports, Socket MediaOut, Socket ReportsOut, TimeSpan From)
{
    private bool started;

    public bool Reported { get; private set; }

    /// <summary>Passes packets on; a newcomer waits for the beginning of a picture.</summary>
    /// <param name="isLost">Asked for each packet over UDP.</param>
    public void Show(ReadOnlySpan<byte> packets, TimeSpan at, bool startsPicture, Func<bool> isLost)
    {
        started |= startsPicture && at >= From;
        if (!started)
        {
            return;
        }

        if (Media is null)
        {
            Connection.SendMedia(packets);
            return;
        }

        while (packets.Length > RtpCutter.Framing)
        {
            var end = Math.Min(RtpCutter.Framing + (packets[2] << 8) + packets[3], packets.Length);
            if (!isLost())
            {
                MediaOut.SendTo(packets[RtpCutter.Framing..end], Media);
            }

            packets = packets[end..];
        }
    }

    public void ShowReport(ReadOnlySpan<byte> report, TimeSpan at)
    {
        if (at < From)
        {
            return;
        }

        Reported = true;
        if (Reports is null)
        {
            Connection.SendMedia(report);
        }
        else
        {
            ReportsOut.SendTo(report[RtpCutter.Framing..], Reports);
        }
    }
}
