using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Compliance.Hosting;

/// <summary>
/// Metrics and traces of a process for whoever runs it, switched on by the standard variables of OpenTelemetry and by nothing else:
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> sends both to a collector, <c>OTEL_EXPORTER_PROMETHEUS_PORT</c> opens <c>/metrics</c> on a port of its own,
/// at <c>localhost</c> or at the private address of <c>OTEL_EXPORTER_PROMETHEUS_HOST</c>.
/// </summary>
static class Measuring
{
    /// <summary>What our own code says; each process has one meter and one source by its name.</summary>
    static readonly string[] Ours = ["Compliance.Api", "Compliance.Probe", "Compliance.Web"];

    /// <param name="name">Of the process, unless <c>OTEL_SERVICE_NAME</c> says another.</param>
    /// <param name="mayCall">Whose calls over HTTP may stand in a trace: of a camera's not even the address may. Null: all.</param>
    /// <exception cref="FormatException">The metrics were to be shown where anybody could read them.</exception>
    public static IOpenTelemetryBuilder? AddMeasuring(this IHostApplicationBuilder builder, string name, Func<Uri, bool>? mayCall = null)
    {
        var settings = builder.Configuration;
        var (collector, port) = (settings["OTEL_EXPORTER_OTLP_ENDPOINT"], settings.GetValue<int?>("OTEL_EXPORTER_PROMETHEUS_PORT"));
        if (collector is null && port is null) return null;
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(settings["OTEL_SERVICE_NAME"] ?? name));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter([.. Ours, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"]);
            // What a caller writes into a request line or its Host is no label.
            metrics.AddView("http.server.request.duration", new ExplicitBucketHistogramConfiguration { TagKeys = ["http.request.method", "http.route", "http.response.status_code"] });
            metrics.AddView("http.server.active_requests", new MetricStreamConfiguration { TagKeys = ["http.request.method"] });
            metrics.AddView("kestrel.*", new MetricStreamConfiguration { TagKeys = ["error.type"] });
            if (collector is not null) metrics.AddOtlpExporter();
            if (port is { } at) metrics.AddPrometheusHttpListener(listener => (listener.Host, listener.Port) = (Private(settings["OTEL_EXPORTER_PROMETHEUS_HOST"] ?? "localhost"), at));
        });
        if (collector is null) return telemetry;
        return telemetry.WithTracing(traces => traces.AddSource(Ours).AddOtlpExporter()
            .AddHttpClientInstrumentation(http => http.FilterHttpRequestMessage = request => request.RequestUri is { } to && (mayCall?.Invoke(to) ?? true)));
    }

    /// <summary>Loopback, or an address that is good in a network of one's own only (RFC 1918, RFC 4193).</summary>
    static string Private(string host)
    {
        if (host == "localhost") return host;
        if (IPAddress.TryParse(host, out var address) && (IPAddress.IsLoopback(address) || IsPrivate(address))) return host;
        throw new FormatException("OTEL_EXPORTER_PROMETHEUS_HOST is localhost or one private address: metrics are shown to nobody else");
    }

    static bool IsPrivate(IPAddress address) => address.GetAddressBytes() switch
    {
        [10, ..] or [192, 168, ..] or [172, >= 16 and < 32, ..] => true,
        [>= 0xFC and <= 0xFD, ..] and { Length: 16 } => true,
        _ => false,
    };
}
