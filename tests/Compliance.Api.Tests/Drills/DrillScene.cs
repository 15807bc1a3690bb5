using System.Diagnostics;
using Compliance.Api.Drills;
using Compliance.Api.Tests.Alerts;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Drills;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Compliance.Domain.Probes;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Drills;

/// <summary>A desk at which an officer is, a venue of its district, and a known clip that the venue's box may find.</summary>
sealed class DrillScene(House house, AlertScene scene) : IDisposable
{
    public AlertScene Alerts => scene;
    public Guid Clip { get; } = Guid.NewGuid();
    public static string District => Scene.Details.District;
    public HttpClient AsAuthority { get; } = house.As(Guid.NewGuid(), "authority");
    public DrillDesk Desk => house.Services.GetRequiredService<DrillDesk>();
    public DrillClips Copies => house.Services.GetRequiredService<DrillClips>();

    Listener? _listening;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="shows">The clip shows a fight.</param>
    public static async Task<DrillScene> In(House house, bool shows = true)
    {
        var scene = new DrillScene(house, await AlertScene.In(house));
        await scene.AddClip(shows);
        scene._listening = await scene.Alerts.AsOfficer.Listen();
        await scene.Look();
        return scene;
    }

    public void Dispose() => _listening?.Dispose();

    public Listener Listening => _listening!;

    async Task AddClip(bool shows) => await AsAuthority.Do("PUT", $"/known-clips/{Clip}", new KnownClipProposal(new(Clip, Detector.Fight, shows, ClipRight.Staged, "Order 7"), await Drawn.Value));

    /// <summary>Drawn once for all tests.</summary>
    static readonly Lazy<Task<byte[]>> Drawn = new(async () =>
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.mp4");
        try
        {
            using var child = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=10", "-t", "7", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", path]))!;
            await child.WaitForExitAsync(CancellationToken.None);
            return await File.ReadAllBytesAsync(path, CancellationToken.None);
        }
        finally
        {
            File.Delete(path);
        }
    });

    /// <summary>As an officer's page does every other second.</summary>
    public Task<DeskCounts> Look(string? district = null) => Alerts.AsOfficer.Get<DeskCounts>(district is null ? "/alerts/counts" : $"/alerts/counts?district={Uri.EscapeDataString(district)}");

    public FoundClip Found(double secondsAgo = 1) => new(
        new(Guid.CreateVersion7(), scene.Venue.Camera, scene.Now, new(true, 0), Clip, Detector.Fight, AlertScene.Model, true, 5, 0.82, 50, 0, null), scene.Venue.Venue, true, scene.Now.AddSeconds(-secondsAgo));

    /// <summary>Whether one would be raised of a clip that is found now.</summary>
    public Task<bool> Raise(double secondsAgo = 1) => house.Services.GetRequiredService<DrillBell>().Raise(Found(secondsAgo), Ct);

    /// <summary>One is raised, at the latest once the machine is not too busy to look at the desk in time.</summary>
    public Task RaisedByHand(string? district = null) => Asking.Until(async () =>
    {
        await Look(district);
        return await Raise();
    });

    /// <summary>The box tells that it found the clip, and the desk reads what comes of it. Where that took so long that the desk counted as left, it finds it again; while one stands no second is raised.</summary>
    public async Task<IncidentLine> Raised()
    {
        var told = new Stopwatch();
        return (await Asking.Until(async () =>
        {
            if (!told.IsRunning || told.Elapsed > TimeSpan.FromSeconds(5))
            {
                await Look();
                Assert.Equal([null], await scene.Venue.Tell(Found().Told));
                told.Restart();
            }

            return (await scene.AsOfficer.Get<Page<IncidentLine>>("/incidents?open=true")).Items.SingleOrDefault();
        }, line => line is not null))!;
    }

    /// <summary>A real incident stands on the desk of another district, and is shown.</summary>
    public async Task RealAt(string district)
    {
        var id = Guid.NewGuid();
        var open = new IncidentCommand.Gather(id, scene.Venue.Venue, district, new(Guid.NewGuid(), AlertKind.Fight, scene.Venue.Camera, scene.Now), scene.Now);
        var done = await house.Services.GetRequiredService<IEventLog>().Execute(Incident.Decider, id, open, new(Guid.NewGuid(), "test"), Ct);
        Assert.True(await house.Services.GetRequiredService<ViewProgress>().WaitFor(done.Position, TimeSpan.FromSeconds(20), Ct));
    }

    /// <summary>Time passes, and the metronome asks.</summary>
    public async Task Pass(double seconds)
    {
        house.Clock.Advance(TimeSpan.FromSeconds(seconds));
        await Desk.Tick(Ct);
    }

    public async Task<IReadOnlyList<DrillEvent>> Facts(Guid drill) =>
        await house.Services.GetRequiredService<IEventLog>().Read(new(Drill.Decider.Category, drill), Ct).Select(EventCatalog.Decode).OfType<DrillEvent>().ToListAsync(Ct);

    public async Task<IReadOnlyList<IncidentLine>> OnDesk(string district) => (await scene.AsOfficer.Get<Page<IncidentLine>>($"/incidents?open=true&district={Uri.EscapeDataString(district)}")).Items;
}
