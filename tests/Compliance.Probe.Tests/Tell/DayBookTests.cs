using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Compliance.Probe.Judge;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tell;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests.Tell;

public sealed class DayBookTests : IDisposable
{
    static readonly DateOnly Day = new(2026, 11, 28);

    readonly Folder _folder = new();

    /// <summary>Five to midnight by the venues' clock.</summary>
    readonly FakeTimeProvider _clock = new(VenueZone.Midnight(Day.AddDays(1)).AddMinutes(-5));

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_day_is_counted_over_a_restart_and_told_once_it_is_over()
    {
        await using var api = await FakeApi.Start();
        Run(minutes: 3, spool => spool.Settle([new(Some.Verdict(1).Id, null), new(Some.Verdict(2).Id, "probe.lease-lost")]));
        Run(minutes: 4, _ => { });
        using var file = new ProbeFile(_folder["spool.db"]);
        var (days, options) = (new DayBook(file), new ProbeOptions { ClientId = $"probe-{Guid.Empty}", ClientSecret = "s" });
        using var http = new HttpClient { BaseAddress = api.Address };
        var state = new DayStatements(days, new(http, options, TimeProvider.System, NullLogger<ApiConnection>.Instance), options, _clock, NullLogger<DayStatements>.Instance);
        api.Trouble = 503;
        await state.Tell(Ct);
        Assert.Empty(api.Days);
        api.Trouble = null;
        await state.Tell(Ct);
        await state.Tell(Ct);
        var told = Assert.Single(api.Days);
        Assert.Equal((Day, 4, 2, 1, 1, 1, 2), (told.Day, told.RanMinutes, told.Starts, told.Taken, told.Refused, told.LeasesLost, told.MostWaiting));
        Assert.True(told.IsSound);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The box runs for so many minutes with two observations in its spool, and is switched off.</summary>
    void Run(int minutes, Action<Spool> answer)
    {
        using var file = new ProbeFile(_folder["spool.db"]);
        var (spool, options) = (new Spool(file), new ProbeOptions());
        using var http = new HttpClient();
        using var outbox = new Outbox(spool);
        var watched = new WatchedCameras(options, (_, _, _, _) => throw new InvalidOperationException(), new(file), new(file, NullLogger<ApprovedViews>.Instance),
            new(file, NullLogger<UsualPictures>.Instance), new(file, NullLogger<CameraRecords>.Instance), Onvif.Device.Means(), _clock, new Random(1), NullLogger<WatchedCameras>.Instance);
        var canaries = new CanaryRounds([], options, _clock, NullLogger<CanaryRounds>.Instance);
        var judge = new JudgeRounds(watched, canaries, outbox, new(http, options, _clock, NullLogger<ApiConnection>.Instance), options, _clock, NullLogger<JudgeRounds>.Instance);
        var rounds = new DayRounds(new DayBook(file), watched, judge, canaries, spool, _clock, NullLogger<DayRounds>.Instance);
        outbox.Tell(Some.Verdicts(2));
        for (var minute = 0; minute < minutes; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            rounds.Count(_clock.GetUtcNow());
            if (minute == 0) answer(spool);
        }
    }
}
