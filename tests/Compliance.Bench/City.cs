using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;

namespace Compliance.Bench;

/// <summary>
/// The facts of a city over a quarter: venues with their cameras, and feeds that fail and come back, each failure with its
/// outage and its two notices, as the reactions write them.
/// </summary>
static class City
{
    const int Cameras = 5;

    static readonly DateTimeOffset Began = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly Feed Feed = new(new Uri("rtsp://camera.example:554/main"), new Uri("rtsp://camera.example:554/sub"), FeedTransport.Tcp);
    static readonly Measured Seen = new("H264", 1920, 1080, 25, 4096, 2, 12);

    public static IEnumerable<(StreamId Stream, object[] Facts)> Appends(int venues, int failures)
    {
        var chance = new Random(1);
        Guid Id() { var bytes = new byte[16]; chance.NextBytes(bytes); return new Guid(bytes); }

        var cameras = new List<(Guid Id, Guid Venue)>();
        for (var n = 0; n < venues; n++)
        {
            var venue = Id();
            var details = new VenueDetails($"Жұлдыз {n}", $"Звезда {n}", $"{990140000000 + n}", $"Абай даңғылы {n}", "Бостандық", new(43.24, 76.91), true);
            yield return (new("venue", venue),
            [
                new VenueEvent.Registered(venue, details, 300, []),
                new VenueEvent.PersonAppointed(venue, new(Id(), Post.Owner, new(2026, 9, 1), null, [])),
                new VenueEvent.LegalBasisGranted(venue, new(Id(), LegalBasisKind.Consent, $"№ {n}", "all feeds", new(2026, 9, 1), null)),
            ]);
            for (var c = 0; c < Cameras; c++)
            {
                var camera = Id();
                cameras.Add((camera, venue));
                yield return (new("device", camera),
                [
                    new DeviceEvent.Registered(camera, venue, new CameraSpec($"Кіреберіс {c}", $"Вход {c}", CameraPurpose.Entrance, ["A"], ["hall"], Feed)),
                    new DeviceEvent.Admitted(camera, venue, Seen, Began),
                ]);
            }
        }

        for (var n = 0; n < failures; n++)
        {
            var (camera, venue) = cameras[chance.Next(cameras.Count)];
            var (outage, from) = (Id(), Began.AddDays(90.0 * n / failures));
            var until = from.AddMinutes(chance.Next(1, 60));
            DeviceEvent Changed(Verdict was, Verdict now, DateTimeOffset at, string detail) => new DeviceEvent.VerdictChanged(
                camera, venue, DeviceKind.Camera, was, now, at, at.AddSeconds(10), outage, detail, now == Verdict.Online ? Seen : null);
            NoticeEvent Told(Guid notice, NoticeKind kind, DateTimeOffset at) =>
                new NoticeEvent.Issued(notice, venue, kind, camera, outage, Verdict.Unreachable, at);

            var (first, second) = (Id(), Id());
            yield return (new("device", camera), [Changed(Verdict.Online, Verdict.Unreachable, from, "no media for 10 s")]);
            yield return (new("outage", outage), [new OutageEvent.Opened(outage, camera, venue, DeviceKind.Camera, Verdict.Unreachable, from, "no media for 10 s")]);
            yield return (new("notice", first), [Told(first, NoticeKind.OutageOpened, from)]);
            yield return (new("device", camera), [Changed(Verdict.Unreachable, Verdict.Online, until, "")]);
            yield return (new("outage", outage), [new OutageEvent.Closed(outage, camera, venue, Verdict.Unreachable, until)]);
            yield return (new("notice", second), [Told(second, NoticeKind.OutageClosed, until)]);
        }
    }
}
