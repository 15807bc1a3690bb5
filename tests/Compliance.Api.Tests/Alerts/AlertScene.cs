using System.Net.Http.Headers;
using System.Security.Cryptography;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Alerts;

/// <summary>A venue with a camera whose box tells alerts, and officers at the desk.</summary>
sealed class AlertScene(House house, Scene scene)
{
    public static readonly DetectorModel Model = new("fights-2026", new('a', 64), 0.6, new('b', 64));

    public Scene Venue => scene;
    public Guid Officer { get; } = Guid.NewGuid();
    public Guid Lead { get; } = Guid.NewGuid();
    public Guid Basis { get; } = Guid.NewGuid();
    public HttpClient AsOfficer => house.As(Officer, "operator");
    public HttpClient AsLead => house.As(Lead, "supervisor");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public DateTimeOffset Now => house.Clock.GetUtcNow();

    public static async Task<AlertScene> In(House house)
    {
        var scene = new AlertScene(house, await Scene.In(house));
        await scene.Allow();
        house.Clock.Advance(TimeSpan.FromMinutes(1)); // what began a moment ago began while the box watched, and under a basis
        return scene;
    }

    /// <summary>The authority lets the fight detector run on the camera.</summary>
    async Task Allow()
    {
        var done = await scene.AsAuthority.Do("PUT", $"/venues/{scene.Venue}/detector-bases/{Basis}", new DetectorBasisCommand.Grant(
            Basis, scene.Venue, Detector.Fight, "Art. 17", "Fights", [scene.Camera], HoursOfDay.All, Now, Now.AddDays(90), new("Assessment", "1", new('a', 64)), "AI-1", RiskDegree.High));
        await house.Services.GetRequiredService<ViewProgress>().WaitFor(done.Position, TimeSpan.FromSeconds(20), Ct);
    }

    /// <summary>As an MP4 begins.</summary>
    public static byte[] Mp4(byte mark = 1) => [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, mark];

    public static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public AlertTold Fight(Guid? id = null, double secondsAgo = 4) =>
        new(id ?? Guid.NewGuid(), scene.Camera, AlertKind.Fight, Now.AddSeconds(-secondsAgo), null, Now, new(true, 0), 0.82, Model, 60, 3, null);

    public async Task<string?[]> Tell(params AlertTold[] told)
    {
        using var answer = await scene.AsProbe.Ask("POST", "/probe/alerts", told);
        answer.EnsureSuccessStatusCode();
        return [.. (await answer.Json()).EnumerateArray().Select(a => a.GetProperty("refused").GetString())];
    }

    public async Task<HttpResponseMessage> PutClip(Guid alert, byte[] bytes, HttpClient? by = null, string copy = "clip")
    {
        var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("video/mp4") } };
        return await (by ?? scene.AsProbe).PutAsync($"/probe/alerts/{alert}/{copy}", content, Ct);
    }

    public static BlurredClip BlurOf(byte[] mp4) => new(HashOf(mp4), 30, ClipBlur.Faces, new('e', 64));

    /// <summary>A fight whose clip lies sealed, as it was recorded and, unless nobody blurred it, in its copy.</summary>
    public async Task<(Guid Incident, Guid Alert)> WithClip(byte[] original, byte[]? blurred)
    {
        var told = Fight() with { Clip = new(HashOf(original), 30), Blurred = blurred is null ? null : BlurOf(blurred) };
        Assert.Equal([null], await Tell(told));
        using var kept = await PutClip(told.AlertId, original);
        kept.EnsureSuccessStatusCode();
        using var copy = blurred is null ? null : await PutClip(told.AlertId, blurred, copy: "blurred-clip");
        copy?.EnsureSuccessStatusCode();
        return ((await IncidentOf(told.AlertId)).Card.IncidentId, told.AlertId);
    }

    /// <summary>The incident the alert stands in, once the desk was called.</summary>
    public async Task<IncidentLine> IncidentOf(Guid alert) =>
        (await Asking.Until(async () => (await AsOfficer.Get<Page<IncidentLine>>("/incidents")).Items.FirstOrDefault(l => l.Card.Alerts.Any(a => a.AlertId == alert)), line => line is not null))!;

    /// <summary>The alert, once it was said whether a desk is called for it.</summary>
    public async Task<AlertRow> Placed(Guid alert) =>
        (await Asking.Until(() => house.Services.GetRequiredService<IViewStore>().Find(AlertRow.View, alert, Ct), row => row is { IncidentId: not null } or { IsHeldBack: true }))!;

    public async Task<IncidentLine> Do(Guid incident, string step, object? body = null, HttpClient? by = null)
    {
        var done = await (by ?? AsOfficer).Do("POST", $"/incidents/{incident}/{step}", body);
        return await AsOfficer.Get<IncidentLine>($"/incidents/{incident}", done);
    }

    public async Task<string> Refused(Guid incident, string step, object? body = null, HttpClient? by = null)
    {
        using var answer = await (by ?? AsOfficer).Ask("POST", $"/incidents/{incident}/{step}", body);
        return await answer.Refusal();
    }
}
