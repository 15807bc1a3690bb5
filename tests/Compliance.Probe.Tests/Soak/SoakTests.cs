using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tell;
using Compliance.Probe.Tests.Tell;
using Compliance.Probe.Watch;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests.Soak;

/// <summary>
/// Eight hours of random faults under a simulated clock, through the probe's own watch, judge and spool, and through the
/// decider of the log: at the end the record of each camera is what happened to it.
/// </summary>
public sealed class SoakTests
{
    const int Cameras = 20, Venues = 5;
    static readonly DateTimeOffset Begun = new(2026, 6, 1, 18, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Night = TimeSpan.FromHours(8), Slice = TimeSpan.FromMilliseconds(250), Second = TimeSpan.FromSeconds(1);

    /// <summary>A gap that long is an outage; one shorter than the judge's patience is none, and between the two the beat of the rounds decides.</summary>
    static readonly TimeSpan Outage = TimeSpan.FromSeconds(36), Hiccup = TimeSpan.FromSeconds(30);

    /// <summary>A rate is judged by windows of a minute.</summary>
    static readonly TimeSpan Window = TimeSpan.FromSeconds(61);

    readonly FakeTimeProvider _clock = new(Begun);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task After_eight_hours_of_faults_the_record_is_what_happened(int seed)
    {
        var night = new ScriptedNight(new Random(seed), Night);
        ScriptedCamera[] cameras = [.. Enumerable.Range(0, Cameras).Select(_ => new ScriptedCamera(Begun, night.Camera(), _clock))];
        var records = await Task.Run(() => Watch(cameras, new Random(seed)));
        Assert.All(cameras.Zip(records), x => Compare(x.First, x.Second, night));
        Assert.InRange(records.Sum(r => r.Count(s => s.Verdict.Availability() == Availability.Down)), Cameras * 5, Cameras * 30);
    }

    static void Compare(ScriptedCamera camera, IReadOnlyList<Stretch> record, ScriptedNight night)
    {
        var slow = camera.Script.Where(m => m.Kind == Verdict.ParameterViolation).ToArray();
        var away = record.Where(s => s.Verdict.Availability() == Availability.Down && s.Verdict != Verdict.ParameterViolation).ToArray();
        var gaps = camera.Gaps.Where(g => !night.IsOurs(g.Last - Begun)).ToArray();

        foreach (var (last, first) in gaps.Where(g => g.First - g.Last >= Outage))
            Assert.Contains(Merged(away), s => Near(s.From, last, Second) && Near(s.Until, first, Second));
        Assert.All(Merged(away), s => Assert.Contains(gaps, g => g.First - g.Last >= Hiccup && Near(s.From, g.Last, Second) && Near(s.Until, g.First, Second)));
        Assert.All(Merged(away), s => Assert.Contains(camera.Script, m => Overlaps(m, s) && m.Kind == s.Verdict));

        foreach (var ours in night.Uplink)
            Assert.Contains(record, s => s.Verdict == Verdict.ProbeBlind && Overlaps(ours, s));
        Assert.All(record.Where(s => s.Verdict == Verdict.ProbeBlind), s => Assert.Contains(night.Uplink, ours => Overlaps(ours, s)));

        Assert.All(slow, m => Assert.Contains(record, s => s.Verdict == Verdict.ParameterViolation && Near(s.From, Begun + m.From, Window) && Near(s.Until, Begun + m.To, Window)));
        Assert.Equal(slow.Length, record.Count(s => s.Verdict == Verdict.ParameterViolation));
        Assert.Equal(Verdict.Online, record[^1].Verdict);
    }

    /// <summary>One outage may change its cause, and is one; the cause it ended with stands for it.</summary>
    static IEnumerable<Stretch> Merged(Stretch[] away)
    {
        for (var i = 0; i < away.Length; i++)
        {
            var from = away[i].From;
            while (i + 1 < away.Length && away[i + 1].From == away[i].Until) i++;
            yield return away[i] with { From = from };
        }
    }

    static bool Near(DateTimeOffset? a, DateTimeOffset b, TimeSpan within) => a is { } at && (at - b).Duration() <= within;

    static bool Overlaps(Mishap mishap, Stretch stretch) => stretch.From <= Begun + mishap.To && !(stretch.Until < Begun + mishap.From);

    /// <summary>What the log says of each camera at the end.</summary>
    async Task<IReadOnlyList<IReadOnlyList<Stretch>>> Watch(ScriptedCamera[] cameras, Random chance)
    {
        using var folder = new Folder();
        using var file = new ProbeFile(folder["spool.db"]);
        using var outbox = new Outbox(new(file));
        using var http = new HttpClient();
        var options = new ProbeOptions();
        var canaries = new CanaryRounds([], options, _clock, NullLogger<CanaryRounds>.Instance);
        var watched = new WatchedCameras(
            options, (target, outlet, _, _) => cameras[Number(target.Stream)].Open(outlet), new(file), new(file, NullLogger<ApprovedViews>.Instance),
            new(file, NullLogger<UsualPictures>.Instance), new(file, NullLogger<CameraRecords>.Instance), Onvif.Device.Means(), _clock, chance, NullLogger<WatchedCameras>.Instance);
        var judge = new JudgeRounds(
            watched, canaries, outbox, new(http, options, _clock, NullLogger<ApiConnection>.Instance), options, _clock, NullLogger<JudgeRounds>.Instance);
        await watched.Follow(new(Guid.Empty, "1", [.. cameras.Select((_, n) => Assigned(n))]), TestContext.Current.CancellationToken);
        var log = new Dictionary<Guid, Record>(cameras.Select((_, n) => KeyValuePair.Create(Id(n), new Record(Id(n), Begun))));

        for (var slice = 1; slice * Slice <= Night; slice++)
        {
            _clock.Advance(Slice);
            foreach (var camera in cameras) camera.Pass(Slice);
            if (slice * Slice.TotalSeconds % 1 != 0) continue;
            judge.Round(_clock.GetUtcNow(), TimeSpan.Zero);
            if (outbox.Spool.Depth == 0) continue;
            foreach (var told in outbox.Spool.Oldest(500)) log[told.DeviceId].Take((VerdictObserved)told);
            outbox.Spool.Settle([.. outbox.Spool.Oldest(500).Select(o => new ObservationAnswer(o.Id, null))]);
        }

        await watched.StopAll();
        return [.. cameras.Select((_, n) => log[Id(n)].Line.Stretches)];
    }

    static int Number(Uri stream) => int.Parse(stream.Segments[1], System.Globalization.CultureInfo.InvariantCulture);

    static Guid Id(int n) => new(n + 1, 0, 0, new byte[8]);

    static AssignedCamera Assigned(int n) =>
        new(Id(n), new(n % Venues, 1, 0, new byte[8]), new($"rtsp://10.0.0.{n + 1}/{n}"), "police", "secret", new(25, 1920, 1080, VideoCodec.H264));

    /// <summary>The stream of one device and the line its page is drawn from.</summary>
    sealed class Record
    {
        Device _device = Device.Decider.Initial;

        public Record(Guid id, DateTimeOffset at)
        {
            Execute(new DeviceCommand.Register(id, Guid.Empty, new CameraSpec("Кіреберіс", "Вход", CameraPurpose.Entrance, ["1"], [], new(new("rtsp://10.0.0.1/a")))), at);
        }

        public DeviceTimeline Line { get; private set; } = null!;

        public void Take(VerdictObserved told) => Execute(
            new DeviceCommand.ReportVerdict(told.Verdict, told.Since, told.ObservedAt, EventIds.From(told.Id, "outage"), told.Detail, told.Measured), told.ObservedAt);

        void Execute(DeviceCommand command, DateTimeOffset at)
        {
            var decision = Device.Decider.Decide(_device, command);
            Assert.Null(decision.Refusal);
            foreach (var fact in decision.Events)
            {
                _device = Device.Decider.Evolve(_device, fact);
                Line = DeviceTimeline.View.Apply(Line, fact, new(new("device", Guid.Empty), 0, LogPosition.Start, Guid.NewGuid(), "", default, at, new(Guid.Empty, "")))!;
            }
        }
    }
}
