using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Compliance.Api.Tests.Measures;

/// <summary>One span as it came over the wire.</summary>
sealed record Span(string Trace, string Id, string Parent, string Name);

/// <summary>A collector of traces that keeps what it is sent: OTLP over HTTP, of which it reads what the tests ask (opentelemetry/proto/trace/v1).</summary>
sealed class Collector : IAsyncDisposable
{
    readonly WebApplication _app;
    TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);

    Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            foreach (var resource in Fields(body.ToArray(), 1))
                foreach (var scope in Fields(resource, 2))
                    foreach (var span in Fields(scope, 2)) Spans.Enqueue(new(Hex(span, 1), Hex(span, 2), Hex(span, 4), System.Text.Encoding.UTF8.GetString(Fields(span, 5).Single())));
            Interlocked.Exchange(ref _came, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            return Results.Ok();
        });
        _app.MapPost("/v1/metrics", () => Results.Ok());
    }

    public string Address => _app.Urls.First();

    public ConcurrentQueue<Span> Spans { get; } = [];

    /// <summary>
    /// The spans of one trace, once <paramref name="whole"/> says that they are all there: a request's own span ends, and is
    /// sent, only after its answer has gone out.
    /// </summary>
    public async Task<IReadOnlyList<Span>> Until(string trace, Predicate<IReadOnlyList<Span>> whole, Action flush, CancellationToken cancel)
    {
        while (true)
        {
            var next = Volatile.Read(ref _came).Task;
            flush();
            List<Span> spans = [.. Spans.Where(span => span.Trace == trace)];
            if (whole(spans)) return spans;
            await next.WaitAsync(TimeSpan.FromSeconds(30), cancel);
        }
    }

    public static async Task<Collector> Start()
    {
        var collector = new Collector();
        await collector._app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    static string Hex(byte[] span, int field) => Convert.ToHexStringLower(Fields(span, field).SingleOrDefault() ?? []);

    /// <summary>The members of a message that have this number; all we ask for are bytes.</summary>
    static List<byte[]> Fields(byte[] message, int wanted)
    {
        var input = new CodedInputStream(message);
        var found = new List<byte[]>();
        while (input.ReadTag() is > 0 and var tag)
        {
            if (tag >> 3 == wanted && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited) found.Add(input.ReadBytes().ToByteArray());
            else input.SkipLastField();
        }

        return found;
    }
}
