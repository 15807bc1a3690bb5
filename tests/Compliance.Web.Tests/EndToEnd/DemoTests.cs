using System.Diagnostics;
using Compliance.Domain.Cases;
using Compliance.Domain.Complaints;
using Compliance.Domain.Devices;
using Compliance.Domain.Inspections;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Outages;
using Compliance.Domain.Rulebooks;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>What the README promises of <c>./run demo</c>.</summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class DemoTests
{
    const string PanelOrExit = "Ready Clear Unknown";

    [Fact]
    public async Task It_comes_up_stops_without_a_trace_keeps_its_data_and_starts_over_when_told()
    {
        Installed.OrSkip("ffmpeg", "weasyprint", "python3-gi", "gir1.2-gst-rtsp-server-1.0");
        using var demo = new Demo();
        var (first, said, isReady) = await demo.Start();
        Process? running = first;
        try
        {
            Assert.True(isReady, said);
            var venue = await EverythingIsOnline(demo);
            await TheStoryIsTold(demo);
            Assert.Equal(130, await Demo.Stop(first, byInterrupt: true));
            NothingIsLeft(demo);
            var stopped = DateTimeOffset.UtcNow;
            await ItIsASilence(stopped);

            (running, said, isReady) = await demo.Start();
            Assert.True(isReady, said);
            Assert.Equal(venue, await EverythingIsOnline(demo));
            await TheGapIsUnknown(demo, venue, stopped);
            await APortInUseIsSaid(demo);
            Assert.Equal(143, await Demo.Stop(running, byInterrupt: false));
            NothingIsLeft(demo);

            (running, said, isReady) = await demo.Start("--fresh");
            Assert.True(isReady, said);
            Assert.All(await demo.Timelines(venue), line => Assert.True(line.Stretches[0].From > stopped));
        }
        finally
        {
            if (!running.HasExited) await Demo.Stop(running, byInterrupt: false);
        }

        NothingIsLeft(demo);
    }

    /// <summary>Twelve venues, every camera seen, and the opening check filed, but for the one exit that was passed by.</summary>
    static async Task<Guid> EverythingIsOnline(Demo demo)
    {
        var venues = await demo.Venues();
        Assert.Equal(12, venues.Select(v => v.VenueId).Distinct().Count());
        Assert.Equal(12, venues.Count);
        var devices = new List<DeviceCard>();
        await Until(async () =>
        {
            devices.Clear();
            foreach (var venue in venues) devices.AddRange(await demo.Devices(venue.VenueId));
            return [.. from d in devices where d.Spec is CameraSpec && d.Verdict != Verdict.Online select $"{d.Spec.PlaceRu} ({d.DeviceId}) is {d.Verdict} {d.Detail} since {d.Since:T}"];
        });
        Assert.All(devices.Where(d => d.Spec is not CameraSpec), d => Assert.Contains($"{d.Verdict}", PanelOrExit, StringComparison.Ordinal));
        return Assert.Single(devices, d => d.Verdict == Verdict.Unknown).VenueId;
    }

    /// <summary>What one venue lived through before tonight, and what it leaves to do: an appeal for the second officer, a case to explain, minutes to decide.</summary>
    static async Task TheStoryIsTold(Demo demo)
    {
        var cases = await demo.Rows<CaseRow>("cases", "authority@demo");
        var (appealed, open) = (Assert.Single(cases, c => c.State == CaseState.Appealed), Assert.Single(cases, c => c.State == CaseState.Open));
        Assert.Equal(("KZ.EXIT.003", CaseOutcome.Warning, Stage.First), (appealed.Matter.RuleId, appealed.Ruling!.Outcome, appealed.Charge.Stage));
        Assert.Equal(("KZ.FIRE.001", Stage.Repeat, 0), (open.Matter.RuleId, open.Charge.Stage, open.Pleadings.Count));
        Assert.Null(Assert.Single(await demo.Rows<ContestRow>("contests", "authority@demo")).Accepted);
        Assert.Single(await demo.Rows<ComplaintRow>("complaints", "authority@demo"), c => c.Outcome is null);
        Assert.Single(await demo.Rows<MaintenanceRow>("maintenance", "owner@demo"), m => m.State == MaintenanceState.Approved);
        var visits = await demo.Rows<InspectionRow>($"venues/{appealed.VenueId}/inspections", "owner@demo");
        Assert.Equal([InspectionKind.SelfCheck, InspectionKind.Scheduled], visits.Where(v => v.Stage == InspectionStage.Done).Select(v => v.Kind));
    }

    static Task TheGapIsUnknown(Demo demo, Guid venue, DateTimeOffset stopped) => Until(async () =>
    [
        .. from line in await demo.Timelines(venue)
        where line.Kind == DeviceKind.Camera && !line.Stretches.Any(s => s.Verdict.Availability() == Availability.Unknown && s.From <= stopped && s.Until > stopped)
        select $"{line.DeviceId} has no gap at {stopped:T}: {string.Join(", ", line.Stretches.Select(s => $"{s.Verdict} {s.From:T}-{s.Until:T}"))}",
    ]);

    /// <summary>A stop shorter than the API is patient with a probe (<c>Probes:PatienceSeconds</c>) is no gap: a quick machine would be back before anybody noticed.</summary>
    static Task ItIsASilence(DateTimeOffset stopped) =>
        Until(() => Task.FromResult<IReadOnlyList<string>>(DateTimeOffset.UtcNow - stopped > TimeSpan.FromSeconds(25) ? [] : [$"stopped since {stopped:T} only"]));

    /// <summary>Asks until nothing is amiss; what still is when patience ends is the failure.</summary>
    static async Task Until(Func<Task<IReadOnlyList<string>>> amiss)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        using var again = new PeriodicTimer(TimeSpan.FromSeconds(1));
        IReadOnlyList<string> still = [];
        try
        {
            while ((still = await amiss()).Count > 0) await again.WaitForNextTickAsync(patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            Assert.Fail($"After five minutes, still:\n{string.Join('\n', still)}");
        }
    }

    static async Task APortInUseIsSaid(Demo demo)
    {
        var (script, said, isReady) = await demo.Start();
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((false, 1), (isReady, script.ExitCode));
        Assert.Contains("is in use already", said, StringComparison.Ordinal);
    }

    static void NothingIsLeft(Demo demo)
    {
        Assert.Empty(demo.Left());
        Assert.All((Uri[])[demo.Portal, demo.Api, demo.FirstRecorder], place => Assert.False(Demo.Listens(place), $"{place} still listens"));
    }
}
