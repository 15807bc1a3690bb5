using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Domain.Recordings;

namespace Compliance.Web.Tests.Fakes;

/// <summary>An invented day of a camera, and what it has proven: one that works has proven all, one that does not has a broken archive, one whose password is refused was never asked.</summary>
static class Days
{
    public static MeasurementSeries Of(DeviceCard camera, DateTimeOffset now)
    {
        var chance = new Random(camera.DeviceId.GetHashCode());
        var (end, from) = (camera.Verdict.Availability() == Availability.Up ? now : camera.Since ?? now, now.AddDays(-1));
        return MeasurementSeries.Of(camera.DeviceId, from, now, 10, from.AddHours(6) is var gap
            ? Enumerable.Range(0, 1_440).Select(m => from.AddMinutes(m)).Where(at => at < end && (at < gap || at > gap.AddMinutes(50))).Select(at =>
                new MinuteMeasured(camera.DeviceId, at, 60, 0, 24.5 + chance.NextDouble(), 2_000 + (600 * Math.Sin(at.Hour / 4.0)) + (100 * chance.NextDouble()), chance.Next(30) == 0 ? 4 : 0, 2, -400 + (200 * chance.NextDouble())))
            : []);
    }

    /// <summary>Two weeks of recordings: whole where the camera works, with gaps, a changed hour and none at all where it does not.</summary>
    public static RecordedHours Recorded(DeviceCard camera, DateTimeOffset now)
    {
        var last = RecordingList.HourIn(now).AddHours(-2);
        var marks = camera.Verdict switch { Verdict.AuthFailed => "", Verdict.Online => new string('H', 336), _ => $"{new string('H', 250)}MMMM{new string('H', 30)}UU{new string('H', 20)}P{new string('H', 15)}D{new string('H', 13)}" };
        return new(camera.DeviceId, camera.VenueId, last.AddHours(1 - marks.Length), marks, last.AddHours(1 - marks.Length));
    }

    public static Measurement Newest(DeviceCard camera, DateTimeOffset now)
    {
        CameraProofs? proofs = camera.Verdict switch
        {
            Verdict.AuthFailed => null,
            Verdict.Online => new(now.AddMinutes(-22), "Hikvision DS-2CD2143G2", "DS-2CD2143G2-I20240117AAWRG1234567", "V5.7.15", new("H264", 1920, 1080, 25, 4096, 50), -300,
                new(ProofState.Given, Detail.Of(Reason.ArchiveKept, 74, 30, 0), now.AddMinutes(-22)), new(ProofState.Given, Detail.Of(Reason.OverlayRead, 3), now.AddHours(-3))),
            _ => new(now.AddMinutes(-71), null, null, null, null, null,
                new(ProofState.Broken, Detail.Of(Reason.ArchiveMissing, 8, 30, 6, "2026-11-04T21:13:07Z"), now.AddMinutes(-71)),
                new(ProofState.Unverifiable, Detail.And(Detail.Of(Reason.NoOverlay), Detail.Of(Reason.NothingRepeated, 2_048, 61.5)), now.AddMinutes(-71))),
        };
        return new(10, 24.9, 2_310, 2, VideoCodec.H264, "High", "4.1", 1920, 1080, -310, 0, now.AddSeconds(-1), true, proofs);
    }
}
