using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Threading.Channels;
using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Compliance.Web.Tests.EndToEnd;

namespace Compliance.Bench;

/// <summary>
/// From an alert that a box tells to the row on the police desk, by the API as a process with its log on disk: the box posts it, the desk hears of a change by server-sent events and asks
/// for the row. First on a quiet desk; then once a second while a flood comes in (<c>./run bench alerts MINUTES A-MINUTE</c>, ten and a thousand by default), after which every alert is counted:
/// none may be missing and none may stand anywhere twice. <c>./run bench alerts MINUTES A-MINUTE budget</c> leaves the desk's budget as it is delivered and lets panels tell a fire amid the flood:
/// what is measured then is whether the budget holds, and how soon a fire comes through.
/// </summary>
static class AlertBench
{
    const int Minutes = 10, AMinute = 1_000, Flooded = 100, Measured = 20, Quiet = 200, AtOnce = 32, Fires = 5;
    const string Owner = "owner@demo", Authority = "authority@demo", Officer = "operator@demo", Administrator = "administrator@demo";

    static readonly DetectorModel Model = new("bench", new('a', 64), 0.6, new('b', 64));
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A camera, or a fire alarm panel.</summary>
    sealed record Camera(Guid Venue, Guid Device);

    public static async Task Run(string[] args)
    {
        var (minutes, aMinute) = (args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : Minutes, args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : AMinute);
        if (args is [_, _, "budget"])
        {
            await WithBudget(minutes, aMinute);
            return;
        }

        await using var house = await House.OpenApi(new() { ["Alerts__Budget"] = "1000000" }); // what is measured is the way to the desk, not what keeps it quiet
        var (box, cameras, _) = await Register(house);
        using var officer = await house.As(Officer);
        using var desk = await Desk.Open(await house.As(Officer));

        var (told, shown) = (new List<double>(), new List<double>());
        var sent = new ConcurrentBag<Guid>();
        for (var n = 0; n < Quiet; n++) await Measure(cameras[n % Measured]);
        Print("quiet desk", told, shown);

        (told, shown) = ([], []);
        var count = (int)(minutes * aMinute);
        var flood = Flood(box, [.. cameras.Skip(Measured)], count, TimeSpan.FromMinutes(1) / aMinute, sent);
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var n = 0; !flood.IsCompleted; n++)
        {
            await Measure(cameras[n % Measured]);
            await pace.WaitForNextTickAsync();
        }

        var ended = Stopwatch.GetTimestamp();
        await flood;
        await Accounted(officer, sent.Count);
        var behind = Stopwatch.GetElapsedTime(ended).TotalSeconds;
        Print($"{aMinute} a minute for {minutes} minutes", told, shown);

        await PrintFound(officer, $"alerts: {sent.Count} told in all", [.. sent], behind);

        async Task Measure(Camera camera)
        {
            var alert = Fight(camera);
            var began = Stopwatch.GetTimestamp();
            await Tell(box, [alert]);
            sent.Add(alert.AlertId);
            while (true)
            {
                var incident = await desk.Next(camera.Venue);
                var heard = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                var line = await officer.GetFromJsonAsync<IncidentLine>($"/incidents/{incident}", EventCatalog.Json);
                if (line!.Alerts.All(seen => seen.Row.AlertId != alert.AlertId)) continue; // the change before this one
                told.Add(heard);
                shown.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                return;
            }
        }

        static void Print(string when, List<double> told, List<double> shown)
        {
            foreach (var (share, name, target) in new[] { (0.5, "p50", (double?)null), (0.95, "p95", 1_000) })
            {
                Figure.Print($"alerts: {when}, from a box's word to the change told at the desk, {name} of {told.Count}", "ms", [(Quantile(told, share), null)], target: target, atMost: true);
                Figure.Print($"alerts: {when}, from a box's word to the row read at the desk, {name} of {shown.Count}", "ms", [(Quantile(shown, share), null)], target: target, atMost: true);
            }
        }
    }

    /// <summary>As the desk is delivered: a flood of fights, and in its midst fires of venues that have nothing to do with it.</summary>
    static async Task WithBudget(double minutes, int aMinute)
    {
        await using var house = await House.OpenApi([]);
        var (box, cameras, panels) = await Register(house, Fires);
        using var officer = await house.As(Officer);
        using var desk = await Desk.Open(await house.As(Officer));
        var (told, shown, fires, sent) = (new List<double>(), new List<double>(), new List<Guid>(), new ConcurrentBag<Guid>());
        var count = (int)(minutes * aMinute);
        var flood = Flood(box, cameras, count, TimeSpan.FromMinutes(1) / aMinute, sent);
        using var pace = new PeriodicTimer(TimeSpan.FromMinutes(minutes) / (Fires + 1));
        foreach (var panel in panels)
        {
            await pace.WaitForNextTickAsync();
            var began = Stopwatch.GetTimestamp();
            await Observe(box, at => new PanelSignalObserved(Guid.CreateVersion7(at), panel.Device, at, new(true, 0), PanelSignal.Fire, true, 1, null));
            var incident = await desk.Next(panel.Venue);
            told.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            var line = (await officer.GetFromJsonAsync<IncidentLine>($"/incidents/{incident}", EventCatalog.Json))!;
            shown.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            fires.Add(line.Alerts.Single(seen => seen.Row.Kind == AlertKind.Fire).Row.AlertId);
        }

        await flood;
        var ended = Stopwatch.GetTimestamp();
        await Accounted(officer, sent.Count + fires.Count);
        var behind = Stopwatch.GetElapsedTime(ended).TotalSeconds;
        var name = $"alerts: {aMinute} a minute for {minutes} minutes before the delivered budget";
        Figure.Print($"{name}, from a panel's fire to the change told at the desk, the slowest of {Fires}", "ms", [(told.Max(), null)], target: 1_000, atMost: true);
        Figure.Print($"{name}, from a panel's fire to the row read at the desk, the slowest of {Fires}", "ms", [(shown.Max(), null)], target: 1_000, atMost: true);
        var hours = (await officer.GetFromJsonAsync<DeskCounts>("/alerts/counts", EventCatalog.Json))!.Hours;
        var (opened, joined, heldBack, raised) = (hours.Sum(hour => hour.Opened), hours.Sum(hour => hour.Joined), hours.Sum(hour => hour.HeldBack), sent.Count + fires.Count);
        Console.WriteLine($"raised {raised} = opened {opened} + joined {joined} + held back {heldBack}{(raised == opened + joined + heldBack ? "" : ": they differ")}");
        Figure.Print($"{name}, raised that are neither opened, joined nor held back", "alerts", [(Math.Abs(raised - opened - joined - heldBack), null)], target: 0, atMost: true);
        // A fire opens beyond the budget, and each of these fires is of another district.
        Figure.Print($"{name}, incidents of a district in an hour, the most, of a budget of {new AlertRules().Budget} and one fire", "incidents", [(hours.Max(hour => hour.Opened), null)], target: new AlertRules().Budget + 1, atMost: true);
        await PrintFound(officer, name, [.. sent, .. fires], behind);
    }

    /// <param name="behind">Seconds.</param>
    static async Task PrintFound(HttpClient officer, string name, HashSet<Guid> asked, double behind)
    {
        var found = await Found(officer);
        Figure.Print($"{name}, not on the desk nor on the list of what was held back", "alerts", [(asked.Except(found).Count(), null)], target: 0, atMost: true);
        Figure.Print($"{name}, found more than once", "alerts", [(found.Count - found.Distinct().Count(), null)], target: 0, atMost: true);
        Figure.Print($"{name}, after the last of them until all were placed", "s", [(behind, null)], target: 10, atMost: true);
    }

    static async Task Observe(HttpClient box, Func<DateTimeOffset, Observation> seen)
    {
        using var answer = await box.PostAsJsonAsync("/probe/observations", (Observation[])[seen(TimeProvider.System.GetUtcNow())], EventCatalog.Json);
        answer.EnsureSuccessStatusCode();
        if ((await answer.Content.ReadFromJsonAsync<ObservationAnswer[]>(EventCatalog.Json))![0].Refused is { } no) throw new InvalidOperationException($"An observation was refused: {no}");
    }

    /// <summary>Evenly over the time, each on its own as boxes tell them; who would be late does not wait for who is slow.</summary>
    static async Task Flood(HttpClient box, Camera[] cameras, int count, TimeSpan every, ConcurrentBag<Guid> sent)
    {
        using var line = new SemaphoreSlim(AtOnce);
        var (began, going) = (Stopwatch.GetTimestamp(), new List<Task>(count));
        for (var n = 0; n < count; n++)
        {
            var wait = (every * n) - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.Zero) await Task.Delay(wait);
            await line.WaitAsync();
            going.Add(One(cameras[n % cameras.Length]));
        }

        await Task.WhenAll(going);

        async Task One(Camera camera)
        {
            try
            {
                var alert = Fight(camera);
                await Tell(box, [alert]);
                sent.Add(alert.AlertId);
            }
            finally
            {
                line.Release();
            }
        }
    }

    static AlertTold Fight(Camera camera)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new(Guid.CreateVersion7(now), camera.Device, AlertKind.Fight, now, null, now, new(true, 0), 0.9, Model, 30, 0, null);
    }

    static async Task Tell(HttpClient box, AlertTold[] alerts)
    {
        using var answer = await box.PostAsJsonAsync("/probe/alerts", alerts, EventCatalog.Json);
        answer.EnsureSuccessStatusCode();
        var said = (await answer.Content.ReadFromJsonAsync<ObservationAnswer[]>(EventCatalog.Json))!;
        if (said.FirstOrDefault(one => one.Refused is not null) is { } no) throw new InvalidOperationException($"An alert was refused: {no.Refused}");
    }

    /// <summary>Until the desk counts as many as were told.</summary>
    static async Task Accounted(HttpClient officer, int told)
    {
        using var patience = new CancellationTokenSource(Patience * 5);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await officer.GetFromJsonAsync<DeskCounts>("/alerts/counts", EventCatalog.Json))!.Hours.Sum(hour => hour.Opened + hour.Joined + hour.HeldBack) < told && !patience.IsCancellationRequested) await again.WaitForNextTickAsync();
    }

    /// <summary>Each alert as often as it stands in an incident or on the list of what was held back.</summary>
    static async Task<List<Guid>> Found(HttpClient officer)
    {
        var found = new List<Guid>();
        string? after = null;
        do
        {
            var page = (await officer.GetFromJsonAsync<Page<IncidentLine>>($"/incidents?limit=20{Cursor(after)}", EventCatalog.Json))!;
            found.AddRange(page.Items.SelectMany(line => line.Card.Alerts).Select(alert => alert.AlertId));
            after = page.Next;
        }
        while (after is not null);
        do
        {
            var page = (await officer.GetFromJsonAsync<Page<HeldBackAlert>>($"/alerts/held-back?limit=200{Cursor(after)}", EventCatalog.Json))!;
            found.AddRange(page.Items.Select(held => held.Alert.Row.AlertId));
            after = page.Next;
        }
        while (after is not null);
        return found;

        static string Cursor(string? after) => after is null ? "" : $"&after={Uri.EscapeDataString(after)}";
    }

    /// <summary>Venues in all districts, each with a camera that the fight detector may watch, all of one box; and more venues, each with a fire alarm panel that is heard, in a district each.</summary>
    static async Task<(HttpClient Box, Camera[] Cameras, Camera[] Panels)> Register(House house, int fireAlarms = 0)
    {
        using var owner = await house.As(Owner);
        using var authority = await house.As(Authority);
        using var administrator = await house.As(Administrator);
        var (probe, districts) = (Guid.CreateVersion7(), District.OfAlmaty);
        var secret = (await Do<JsonElement>(administrator, HttpMethod.Put, $"/probes/{probe}", new ProbeCommand.Enrol(probe, "bench")));
        var cameras = new Camera[Measured + Flooded];
        for (var n = 0; n < cameras.Length; n++)
        {
            var (venue, device, basis) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
            await Venue(venue, n);
            await Do<JsonElement>(owner, HttpMethod.Put, $"/devices/{device}", new DeviceCommand.Register(device, venue, new CameraSpec($"{n}", $"{n}", CameraPurpose.Hall, [], [], new(new("rtsp://camera.example.kz/main"), null, FeedTransport.Tcp))));
            await Do<JsonElement>(administrator, HttpMethod.Post, $"/probes/{probe}/assigned", new ProbeCommand.Assign(venue));
            var now = TimeProvider.System.GetUtcNow();
            await Do<JsonElement>(authority, HttpMethod.Put, $"/venues/{venue}/detector-bases/{basis}", new DetectorBasisCommand.Grant(
                basis, venue, Detector.Fight, "Art. 17", "Fights", [device], HoursOfDay.All, now, now.AddDays(90), new("Assessment", "1", new('a', 64)), "AI-1", RiskDegree.High));
            cameras[n] = new(venue, device);
        }

        var panels = Enumerable.Range(0, fireAlarms).Select(_ => new Camera(Guid.CreateVersion7(), Guid.CreateVersion7())).ToArray();
        for (var n = 0; n < panels.Length; n++)
        {
            var (venue, device) = (panels[n].Venue, panels[n].Device);
            await Venue(venue, n);
            await Do<JsonElement>(owner, HttpMethod.Put, $"/devices/{device}", new DeviceCommand.Register(device, venue, new FireAlarmSpec("Күзет", "Охрана", "Simulator", ["1"], null, null)));
            await Do<JsonElement>(owner, HttpMethod.Put, $"/devices/{device}/panel", new PanelEnrolment($"{1000 + n}", null, "192.0.2.1/32", 60));
            await Do<JsonElement>(administrator, HttpMethod.Post, $"/probes/{probe}/assigned", new ProbeCommand.Assign(venue));
        }

        var box = await house.AsBox(secret.GetProperty("clientId").GetString()!, secret.GetProperty("clientSecret").GetString()!);
        (await box.GetAsync("/probe/assignments")).Dispose(); // by asking, it takes the venues
        foreach (var panel in panels) await Observe(box, at => new PanelLinkObserved(Guid.CreateVersion7(at), panel.Device, at, new(true, 0), PanelLink.Up, at));
        return (box, cameras, panels);

        Task Venue(Guid id, int n) => Do<JsonElement>(owner, HttpMethod.Put, $"/venues/{id}", new VenueCommand.Register(id, new($"Өлшем {n}", $"Замер {n}", "990040001230", $"Абай, {n + 1}", districts[n % districts.Count].Kk, new(43.24, 76.9), false), 300, []));
    }

    static async Task<T> Do<T>(HttpClient by, HttpMethod method, string path, object command)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(command, command.GetType(), options: EventCatalog.Json) };
        using var answer = await by.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<T>(EventCatalog.Json))!;
    }

    static double Quantile(List<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    /// <summary>A desk that listens: which incidents changed, by venue.</summary>
    sealed class Desk(HttpClient http, HttpResponseMessage answer) : IDisposable
    {
        readonly ConcurrentDictionary<Guid, Channel<Guid>> _changes = [];

        public static async Task<Desk> Open(HttpClient http)
        {
            http.Timeout = Timeout.InfiniteTimeSpan;
            var answer = await http.GetAsync("/changes", HttpCompletionOption.ResponseHeadersRead);
            var desk = new Desk(http, answer.EnsureSuccessStatusCode());
            _ = desk.Listen(await answer.Content.ReadAsStreamAsync());
            return desk;
        }

        /// <summary>The incident of that venue that changed next.</summary>
        public async Task<Guid> Next(Guid venue)
        {
            using var patience = new CancellationTokenSource(Patience);
            return await Of(venue).Reader.ReadAsync(patience.Token);
        }

        public void Dispose()
        {
            answer.Dispose();
            http.Dispose();
        }

        Channel<Guid> Of(Guid venue) => _changes.GetOrAdd(venue, _ => Channel.CreateUnbounded<Guid>());

        async Task Listen(Stream stream)
        {
            await foreach (var item in SseParser.Create(stream).EnumerateAsync())
            {
                if (item.EventType != "change") continue;
                using var change = JsonDocument.Parse(item.Data);
                if (change.RootElement.GetProperty("view").GetString() != IncidentCard.View.Name) continue;
                Of(change.RootElement.GetProperty("group").GetGuid()).Writer.TryWrite(change.RootElement.GetProperty("key").GetGuid());
            }
        }
    }
}
