using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Devices;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace Compliance.Api.Tests.Measures;

public sealed partial class MeasuringTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_scrapes_reads_what_is_counted_and_no_name_id_or_address()
    {
        var text = await Scraped();
        foreach (var name in (string[])["compliance_log_appended_total", "compliance_log_append_duration_seconds_bucket", "compliance_observations_total", "compliance_probes", "http_server_request_duration_seconds_count"])
            Assert.Contains(name, text, StringComparison.Ordinal);
        Assert.Contains("fact=\"device.verdict-changed.", text, StringComparison.Ordinal);
        var ours = string.Join('\n', text.Split('\n').Where(line => !line.StartsWith("target_info", StringComparison.Ordinal)));
        Assert.DoesNotMatch(AnId(), ours);
        Assert.DoesNotMatch(AnAddress(), ours);
        Assert.DoesNotContain(Scene.Details.NameRu, ours, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_of_prometheus_finds_nothing_wrong_with_it()
    {
        var tool = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);
        if (tool is null) Assert.Skip("promtool is not installed (Debian's package prometheus has it)");
        using var check = Process.Start(new ProcessStartInfo(tool, ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await check.StandardInput.WriteAsync(await Scraped());
        check.StandardInput.Close();
        var said = await check.StandardError.ReadToEndAsync(Ct) + await check.StandardOutput.ReadToEndAsync(Ct);
        await check.WaitForExitAsync(Ct);
        var ours = said.Split('\n').Where(line => line.StartsWith("compliance", StringComparison.Ordinal) || line.Contains("error", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(ours);
    }

    [Fact]
    public async Task What_a_probe_saw_is_one_trace_from_its_box_to_what_follows_from_the_fact()
    {
        await using var collector = await Collector.Start();
        await using var house = new House(Sent(collector));
        var scene = await Scene.In(house);
        var (trace, seen) = (ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom());
        var now = house.Clock.GetUtcNow();
        using var changes = await scene.AsOwner.Listen();
        Assert.Equal([null, null], await scene.Tell(scene.Saw(Verdict.Online, now), scene.Saw(Verdict.Unreachable, now.AddSeconds(1)) with { Trace = $"00-{trace}-{seen}-01" }));
        await changes.Until("outage-list");
        var spans = await Spans(house, collector, $"{trace}", sent => sent.Any(span => span.Name == "take observation" && span.Parent == $"{seen}")
            && sent.Any(span => span.Name.StartsWith("react ", StringComparison.Ordinal) && sent.Any(next => next.Parent == span.Id && next.Name == "append facts")));
        var taken = Assert.Single(spans, span => span.Name == "take observation");
        Assert.Equal($"{seen}", taken.Parent);
        var fact = Assert.Single(spans, span => span.Name == "append facts" && span.Parent == taken.Id);
        var reaction = Assert.Single(spans, span => span.Name.StartsWith("react ", StringComparison.Ordinal) && span.Parent == fact.Id && spans.Any(next => next.Parent == span.Id && next.Name == "append facts"));
        Assert.Contains("outage", reaction.Name, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_somebody_does_in_the_portal_goes_on_in_the_same_trace()
    {
        await using var collector = await Collector.Start();
        await using var house = new House(Sent(collector));
        var scene = await Scene.In(house);
        var (trace, span) = (ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom());
        using var portal = scene.AsOwner;
        portal.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-{span}-01");
        await portal.Do("PUT", $"/venues/{scene.Venue}/capacity", new Domain.Venues.VenueCommand.SetCapacity(300));
        var spans = await Spans(house, collector, $"{trace}", sent => sent.Any(s => s.Parent == $"{span}"));
        var door = Assert.Single(spans, s => s.Parent == $"{span}");
        Assert.Contains("/capacity", door.Name, StringComparison.Ordinal);
        Assert.Single(spans, s => s.Name == "append facts" && s.Parent == door.Id);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("203.0.113.7")]
    [InlineData("*")]
    [InlineData("metrics.example.kz")]
    public void Metrics_are_never_shown_where_anybody_could_read_them(string host)
    {
        using var house = new House(("OTEL_EXPORTER_PROMETHEUS_PORT", "9464"), ("OTEL_EXPORTER_PROMETHEUS_HOST", host));
        Assert.Throws<FormatException>(() => house.Services);
    }

    static (string, string)[] Sent(Collector collector) => [("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")];

    static Task<IReadOnlyList<Span>> Spans(House house, Collector collector, string trace, Predicate<IReadOnlyList<Span>> whole) =>
        collector.Until(trace, whole, () => Assert.True(house.Services.GetRequiredService<TracerProvider>().ForceFlush(10_000)), Ct);

    static async Task<string> Scraped()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using var house = new House(("OTEL_EXPORTER_PROMETHEUS_PORT", $"{port}"));
        var scene = await Scene.In(house);
        await scene.Tell(scene.Saw(Verdict.Online, house.Clock.GetUtcNow()));
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri($"http://localhost:{port}/metrics"), Ct);
    }

    [GeneratedRegex("[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")]
    private static partial Regex AnId();

    [GeneratedRegex(@"rtsp://|\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b")]
    private static partial Regex AnAddress();
}
