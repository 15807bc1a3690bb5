using System.Diagnostics;
using System.Text;
using Compliance.Api;
using Compliance.Api.EventLog;
using Compliance.Api.Evidence;
using Compliance.Api.Reports;
using Compliance.Api.TransparentLog;
using Compliance.Api.Vault;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Bench;

/// <summary>What a document of twenty pages costs: to print, to seal, and to be verified by somebody else. Real facts under a real head; the pages are a table of them.</summary>
static class ReportBench
{
    const int Pages = 20, RowsOfPage = 36, Outages = Pages * RowsOfPage / 2, Prints = 6, Checks = 20;

    public static async Task Run()
    {
        using var scratch = new Scratch();
        var folder = Path.GetDirectoryName(scratch.New("x"))!;
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Data", folder)]).Build();
        var vault = new SecretVault(new DataFolder(settings), new EphemeralDataProtectionProvider());
        var identity = new LogIdentity(vault, settings);
        await using var log = new SqliteEventLog(scratch.New("log.db"), new Past());
        using var store = new TreeStore(scratch.New("tree.db"), identity.Origin);
        using var keeper = new TreeKeeper(log, store, identity, TimeProvider.System, NullLogger<TreeKeeper>.Instance);
        await keeper.StartAsync(default);
        var (file, attached) = await Facts(log, new Attestor(log, store, keeper, identity));
        await keeper.StopAsync(default);

        using var http = new ServiceCollection().AddHttpClient().BuildServiceProvider();
        using var seals = new Seals(settings, vault, http.GetRequiredService<IHttpClientFactory>(), TimeProvider.System);
        using var printer = new WeasyPrinter(PrinterSettings.Default, NullLogger<WeasyPrinter>.Instance);
        var page = Page(file);
        byte[] pdf = [];
        var whole = new List<(double, double?)>();
        for (var i = 0; i < Prints; i++) whole.Add((await Seconds(async () => pdf = await Printed(page)), null));
        var start = new List<(double, double?)>();
        for (var i = 0; i < Prints; i++) start.Add((await Seconds(() => Printed("<html><body><p>1</p></body></html>")), null));
        var side = await Seconds(() => Task.WhenAll(Enumerable.Range(0, Prints).Select(_ => Printed(page))));

        Figure.Print($"evidence: a sealed report of {Count(pdf)} pages, printed", "s", whole);
        Figure.Print("evidence: of that, starting WeasyPrint (a page with one word): what keeping it warm could save at most", "s", start);
        Figure.Print($"evidence: reports of {Count(pdf)} pages a minute, {PrinterSettings.Default.Presses} at once", "reports/min", [(Prints * 60 / side, null)]);

        var checks = new List<(double, double?)>();
        for (var i = 0; i < Checks; i++)
        {
            var verification = default(Verification);
            checks.Add((await Seconds(() => { verification = Verifier.Check("report.pdf", pdf, new(identity.Signer.Key)); return Task.CompletedTask; }), null));
            if (!verification!.Holds || verification.Figures is null) throw new InvalidOperationException(string.Join('\n', verification.Steps));
        }

        Figure.Print($"evidence: verify of a report of {Count(pdf)} pages with {file.Facts.Count:N0} facts", "s", checks, target: 1.5, atMost: true);

        async Task<byte[]> Printed(string html) => await seals.Sign(await printer.Print(new(html, file.Document, TimeProvider.System.GetUtcNow(), attached), default), TimeProvider.System.GetUtcNow(), default);
    }

    /// <summary>A venue with ten cameras and its outages, stored, signed and attested as an audit attaches them.</summary>
    static async Task<(FactsFile File, Dictionary<string, string> Attached)> Facts(SqliteEventLog log, Attestor attestor)
    {
        var (venue, origin, from) = (Guid.NewGuid(), new Origin(Guid.NewGuid(), "user:bench"), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await Say(new("venue", venue), [new VenueEvent.Registered(venue, new("Жұлдыз", "Звезда", "990140000384", "Абай даңғылы 1", "Бостандық", new(43.24, 76.91), Uto: true), 250, [])]);
        var cameras = Enumerable.Range(0, 10).Select(_ => Guid.NewGuid()).ToArray();
        var histories = cameras.ToDictionary(c => c, c => new List<object> { new DeviceEvent.Registered(c, venue, new CameraSpec("зал", "зал", CameraPurpose.DanceFloor, ["A"], [], new(new("rtsp://10.0.0.1/main"), null, FeedTransport.Tcp))) });
        for (var n = 0; n < Outages; n++)
        {
            var (camera, outage, down) = (cameras[n % cameras.Length], Guid.NewGuid(), from.AddHours(n));
            histories[camera].Add(new DeviceEvent.VerdictChanged(camera, venue, DeviceKind.Camera, Verdict.Online, Verdict.Unreachable, down, down.AddSeconds(10), outage, "no media", null));
            histories[camera].Add(new DeviceEvent.VerdictChanged(camera, venue, DeviceKind.Camera, Verdict.Unreachable, Verdict.Online, down.AddMinutes(20), down.AddMinutes(20), outage, "", null));
            await Say(new("outage", outage), [new OutageEvent.Opened(outage, camera, venue, DeviceKind.Camera, Verdict.Unreachable, down, "no media"), new OutageEvent.Closed(outage, camera, venue, Verdict.Unreachable, down.AddMinutes(20))]);
        }

        foreach (var (camera, history) in histories) await Say(new("device", camera), [.. history]);
        var period = Period.Days(new(2026, 1, 1), new(2026, 3, 1));
        var facts = await log.ReadMany([new("venue", venue), .. cameras.Select(c => new StreamId("device", c)), .. histories.Values.SelectMany(h => h.OfType<DeviceEvent.VerdictChanged>()).Select(v => new StreamId("outage", v.OutageId!.Value)).Distinct()], default).ToListAsync();
        var audit = VenueAudit.Of(venue, period, facts, AvailabilityFormula.Current)!;
        var attested = (await attestor.Attest(audit.Facts, default))!;
        var file = new FactsFile(Guid.NewGuid(), audit.Formula, audit.Facts) { VenueId = venue, Period = period, Position = audit.Position, Figures = Figures.Of(audit), Proof = attested.Proof };
        return (file, new() { [FactsFile.Name] = Encoding.UTF8.GetString(file.ToJson()), [Issuer.Checkpoint] = attested.Head.ToString(), [Issuer.Proof] = attested.Newest!.ToString() });

        Task Say(StreamId stream, object[] what) => log.Append(stream, -1, what, origin with { CommandId = Guid.NewGuid() }, default);
    }

    /// <summary>The day before the period of the report ends.</summary>
    sealed class Past : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 2, 28, 12, 0, 0, TimeSpan.Zero);
    }

    static string Page(FactsFile file)
    {
        var html = new StringBuilder("<!DOCTYPE html><html lang=kk><head><style>@page{size:A4;margin:18mm;@bottom-center{content:counter(page)}}body{font:9pt 'Noto Sans'}table{width:100%;border-collapse:collapse}td{border-bottom:.4pt solid #999;padding:1.2mm}</style></head><body><table>");
        foreach (var fact in file.Facts.Take(Pages * RowsOfPage)) html.Append(System.Globalization.CultureInfo.InvariantCulture, $"<tr><td>{fact.RecordedAt:O}</td><td>{fact.Stream.Category}</td><td>{fact.Name}</td></tr>");
        return html.Append("</table></body></html>").ToString();
    }

    /// <summary>As the file itself says it.</summary>
    static int Count(byte[] pdf) => new PdfFile(pdf) is var file && file.Dictionary(file.Catalog["Pages"])["Count"] is double pages ? (int)pages : 0;

    static async Task<double> Seconds(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
