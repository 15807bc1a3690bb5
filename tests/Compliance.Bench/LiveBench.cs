using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Compliance.Domain.Access;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Compliance.Web.Tests.EndToEnd;
using VenueSimulator.Cities;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace Compliance.Bench;

/// <summary>
/// A hundred screens before twenty cameras through the whole house as processes: how old a picture is when it reaches a screen, how soon the first one does, and what a screen costs the relay.
/// Then one real browser, which decodes and draws. Old means since the probe received it. Last a camera that films its own clock (<see cref="ClockCamera"/>), behind a server that we did not write: how old its
/// pictures are when the browser shows them, from the instant they were taken. All clocks are one machine's. <c>./run bench live clock</c> measures this last alone.
/// </summary>
static class LiveBench
{
    const int Cameras = 20, ScreensACamera = 5, Rounds = 3, Together = 9;
    const string Owner = "owner@demo", Officer = "operator@demo";
    static readonly TimeSpan Round = TimeSpan.FromSeconds(20);
    static readonly Login Login = new("police", "secret");

    public static async Task Run(string[] args)
    {
        await using var house = await House.Open(patient: true);
        if (args is ["clock"])
        {
            await FromCaptureToScreen(house);
            return;
        }

        using var cameras = LoadServer.Start(new() { Clips = new Dictionary<string, Clip> { ["clip"] = await ClipCache.Shared.Load(ClipRecipe.Small) }, Login = Login });
        var (venue, devices) = await Register(house, Cameras, n => cameras.Url($"clip/{n}"));
        await Seen(house, devices);

        using var stop = new CancellationTokenSource();
        var screens = new List<Screen>();
        foreach (var some in devices.Chunk(Together))
        {
            var session = Guid.CreateVersion7();
            await house.Send(HttpMethod.Put, $"/access/{session}", new AccessCommand.Open(session, venue, "bench", AccessPurpose.FeedCheck, "1-1", null, false, some, 60), Officer);
            foreach (var device in some)
                for (var n = 0; n < ScreensACamera; n++) screens.Add(await Screen.Open(house, session, device, isFirst: n == 0, stop.Token));
        }

        var (age, cost, lost) = (new List<(double, double?)>(), new List<(double, double?)>(), new List<(double, double?)>());
        for (var round = 0; round < Rounds; round++)
        {
            screens.ForEach(screen => screen.Begin());
            var (cpu, began) = (ProbeBench.CpuSeconds(house.ApiProcess), Stopwatch.GetTimestamp());
            await Task.Delay(Round);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            cost.Add(((ProbeBench.CpuSeconds(house.ApiProcess) - cpu) / seconds / screens.Count * 100, null));
            age.Add((Quantile(screens.SelectMany(screen => screen.Ages), 0.95), null));
            lost.Add((100 * (1 - (screens.Sum(screen => screen.Ages.Count) / (screens.Count * seconds * ClipRecipe.Small.Fps))), null));
        }

        var name = $"live: {screens.Count} screens before {Cameras} cameras of 640x360 at {ClipRecipe.Small.Fps} a second";
        Figure.Print($"{name}, age of a picture at the screen, 95 %", "ms", age, target: 300, atMost: true);
        Figure.Print($"{name}, pictures that did not come in the time", "%", lost, target: 1, atMost: true);
        Figure.Print($"{name}, processor of the API a screen", "% of a core", cost, target: 2, atMost: true);
        First("first picture of a camera that nobody watches, from the call, 95 %", screens.Where(screen => screen.IsFirst));
        First("first picture of a camera that is watched already, 95 %", screens.Where(screen => !screen.IsFirst));
        await stop.CancelAsync();
        await OneBrowser(house, venue, devices[0]);
        await FromCaptureToScreen(house);

        void First(string what, IEnumerable<Screen> some) => Figure.Print($"{name}, {what}", "ms", [(Quantile(some.Select(screen => screen.First), 0.95), null)], target: 500, atMost: true);
    }

    static async Task<(Guid Venue, Guid[] Devices)> Register(House house, int cameras, Func<int, Uri> address)
    {
        var (venue, today) = (Guid.CreateVersion7(), VenueZone.Day(TimeProvider.System.GetUtcNow()));
        await house.Send(HttpMethod.Put, $"/venues/{venue}", new VenueCommand.Register(venue, new("Өлшем", "Замер", "990040001230", "Абай, 1", "Алмалы", new(43.24, 76.9), false), 300, []), Owner);
        await house.Send(HttpMethod.Post, $"/venues/{venue}/legal-bases", new VenueCommand.GrantLegalBasis(new(Guid.CreateVersion7(), LegalBasisKind.Consent, "№ 1", "all", today, null)), Owner);
        var devices = Enumerable.Range(0, cameras).Select(_ => Guid.CreateVersion7()).ToArray();
        for (var n = 0; n < cameras; n++)
        {
            await house.Send(HttpMethod.Put, $"/devices/{devices[n]}", new DeviceCommand.Register(
                devices[n], venue, new CameraSpec($"{n}", $"{n}", CameraPurpose.Hall, [], [], new(address(n), null, FeedTransport.Tcp))), Owner);
            await house.Send(HttpMethod.Put, $"/devices/{devices[n]}/feed-credentials", new FeedCredentials(Login.User, Login.Password), Owner);
        }

        return (venue, devices);
    }

    static async Task Seen(House house, Guid[] devices)
    {
        using var again = new PeriodicTimer(TimeSpan.FromSeconds(1));
        foreach (var device in devices)
            while ((await house.Get<DeviceCard>($"/devices/{device}", Owner)).Verdict != Verdict.Online) await again.WaitForNextTickAsync();
    }

    /// <summary>What the officer's own screen says of its pictures: how old each was when it was drawn, and how soon the first one stood there.</summary>
    static async Task OneBrowser(House house, Guid venue, Guid device)
    {
        var (playwright, browser) = await Browser.Launch();
        using var _ = playwright;
        await using var __ = browser;
        var page = await browser.SignIn(house, Officer);
        var (ages, first) = (new List<(double, double?)>(), new List<(double, double?)>());
        for (var round = 0; round < Rounds; round++)
        {
            var session = Guid.CreateVersion7();
            await house.Send(HttpMethod.Put, $"/access/{session}", new AccessCommand.Open(session, venue, "bench", AccessPurpose.FeedCheck, "1-1", null, false, [device]), Officer);
            await page.GotoAsync($"/access/{session}");
            await page.Locator(".screen[data-state=shown]").WaitForAsync();
            first.Add((double.Parse((await page.Locator(".screen canvas").GetAttributeAsync("data-first"))!, CultureInfo.InvariantCulture), null));
            var drawn = await page.EvaluateAsync<double[]>("""
                () => new Promise(tell => {
                  const canvas = document.querySelector('.screen canvas'), ages = [];
                  const watch = new MutationObserver(() => ages.push(Number(canvas.dataset.behind)));
                  watch.observe(canvas, { attributes: true, attributeFilter: ['data-behind'] });
                  setTimeout(() => { watch.disconnect(); tell(ages); }, 10000);
                })
                """);
            ages.Add((Quantile(drawn, 0.95), null));
        }

        Figure.Print("live: age of a picture when Chromium has drawn it, 95 %", "ms", ages, target: 300, atMost: true);
        Figure.Print("live: first picture in Chromium, from the opened socket", "ms", first, target: 500, atMost: true);
    }

    /// <summary>The clock that the camera draws, read back from the officer's screen.</summary>
    static async Task FromCaptureToScreen(House house)
    {
        var folder = Directory.CreateTempSubdirectory("clock-camera-");
        try
        {
            var idle = await ClipCache.Shared.Make(ClipRecipe.Small); // it is asked for a codec before it films
            await using var camera = await GstServer.Start("127.0.0.1", 0, ClockCamera.Fps, [new("clock", Login.User, Login.Password, new Dictionary<string, string> { ["main"] = idle }, ClockCamera.Command)], Path.Combine(folder.FullName, "camera.json"));
            var (venue, devices) = await Register(house, 1, _ => camera.Url("clock"));
            await Seen(house, devices);
            var (playwright, browser) = await Browser.Launch();
            using var _ = playwright;
            await using var __ = browser;
            var page = await browser.SignIn(house, Officer);
            var (half, most, first, unread) = (new List<(double, double?)>(), new List<(double, double?)>(), new List<(double, double?)>(), new List<(double, double?)>());
            for (var round = 0; round < Rounds; round++)
            {
                var session = Guid.CreateVersion7();
                await house.Send(HttpMethod.Put, $"/access/{session}", new AccessCommand.Open(session, venue, "bench", AccessPurpose.FeedCheck, "1-1", null, false, devices), Officer);
                await page.GotoAsync($"/access/{session}");
                await page.Locator(".screen[data-state=shown]").WaitForAsync();
                first.Add((double.Parse((await page.Locator(".screen canvas").GetAttributeAsync("data-first"))!, CultureInfo.InvariantCulture), null));
                var ages = await page.EvaluateAsync<double[]>(ClockCamera.Read(".screen canvas"), 10_000);
                double[] read = [.. ages.Where(age => age >= 0)];
                half.Add((Quantile(read, 0.5), null));
                most.Add((Quantile(read, 0.95), null));
                unread.Add((ages.Length == 0 ? 100 : 100.0 * (ages.Length - read.Length) / ages.Length, null));
            }

            var name = $"live: from the instant a camera takes a picture ({ClockCamera.Settings}) to Chromium's screen";
            Figure.Print($"{name}, p50", "ms", half);
            Figure.Print($"{name}, p95", "ms", most, target: 300, atMost: true);
            Figure.Print($"{name}, pictures whose clock could not be read", "%", unread, target: 1, atMost: true);
            Figure.Print("live: first picture of that camera in Chromium, from the opened socket", "ms", first, target: 500, atMost: true);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    /// <summary>A screen that decodes nothing: it notes how old each picture is when it comes.</summary>
    sealed class Screen(bool isFirst)
    {
        ConcurrentBag<double> _ages = [];

        public bool IsFirst => isFirst;

        /// <summary>Milliseconds from calling the relay with a ticket to the first picture.</summary>
        public double First { get; private set; }

        public ConcurrentBag<double> Ages => _ages;

        public void Begin() => _ages = [];

        public static async Task<Screen> Open(House house, Guid session, Guid device, bool isFirst, CancellationToken ct)
        {
            var screen = new Screen(isFirst);
            var admission = (await house.Send(HttpMethod.Post, $"/access/{session}/tickets", new LiveWanted(device), Officer)).Deserialize<LiveAdmission>(EventCatalog.Json)!;
            var socket = new ClientWebSocket();
            socket.Options.AddSubProtocol(LiveMessage.Protocol);
            socket.Options.AddSubProtocol($"ticket.{admission.Ticket}");
            socket.Options.SetRequestHeader("Origin", house.Portal);
            var began = Stopwatch.GetTimestamp();
            await socket.ConnectAsync(new UriBuilder(admission.Address) { Scheme = Uri.UriSchemeWs }.Uri, ct);
            var first = new TaskCompletionSource();
            _ = screen.Watch(socket, began, first, ct);
            await first.Task.WaitAsync(TimeSpan.FromSeconds(20), ct);
            return screen;
        }

        async Task Watch(ClientWebSocket socket, long began, TaskCompletionSource first, CancellationToken ct)
        {
            using var _ = socket;
            var buffer = new byte[1 << 20];
            try
            {
                while (true)
                {
                    var length = 0;
                    ValueWebSocketReceiveResult read;
                    do
                    {
                        read = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
                        length += read.Count;
                    }
                    while (!read.EndOfMessage);
                    if (read.MessageType == WebSocketMessageType.Close) return;
                    _ages.Add((TimeProvider.System.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(buffer.AsSpan(1)))).TotalMilliseconds);
                    if (first.TrySetResult()) First = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                }
            }
            catch (Exception over) when (over is OperationCanceledException or WebSocketException)
            {
                first.TrySetException(over);
            }
        }
    }
}
