using System.Diagnostics;
using System.Text.Json;
using Compliance.Api.EventLog;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using static Compliance.Api.Tests.EventLog.Facts;

namespace Compliance.Api.Tests.EventLog;

/// <summary>
/// The vendor's own client (for Node, from npm) talks to the server our adapter talks to, and they understand each other:
/// so the double, written by us too, is no echo of our mistakes.
/// </summary>
static class KurrentCrossCheck
{
    static readonly string Script = Path.Combine(Up(AppContext.BaseDirectory), "tests", "Compliance.Api.Tests", "EventLog", "CrossCheck", "crosscheck.js");

    public static async Task Run(string address, CancellationToken ct)
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Path.GetDirectoryName(Script)!, "node_modules")), "the vendor's client is not installed: npm ci in CrossCheck");
        using var log = new KurrentEventLog(KurrentConnectionString.Parse(address), TimeProvider.System, NullLogger<KurrentEventLog>.Instance);
        var (venue, origin) = (NewVenue(), new Origin(Guid.NewGuid(), "user:Әйгерім"));
        var ours = await log.Append(venue, -1, [Registered(venue)], origin, ct);

        var said = await Said(address, venue, () => log.Append(venue, 1, [Capacity(venue, 3)], origin, ct), ct);
        var history = await log.Read(venue, ct).ToArrayAsync(ct);

        // What we wrote, they read.
        var read = Assert.Single(said["read"]);
        Assert.Equal(("venue.registered.v1", $"{history[0].EventId}", 0), (Text(read, "type"), Text(read, "id"), Whole(read, "revision")));
        Assert.True(JsonElement.DeepEquals(JsonSerializer.Deserialize<JsonElement>(history[0].Data.Span), read.GetProperty("data")));
        Assert.Equal(origin, read.GetProperty("metadata").Deserialize<Origin>(EventCatalog.Json));
        Assert.Equal(history[0].RecordedAt.ToUnixTimeSeconds(), Whole(read, "created") / 1000); // theirs rounds down to seconds

        // What they wrote, we read; twice the same is once for both.
        Assert.All(said["append"], append => Assert.Equal((1, history[1].Position), (Whole(append, "revision"), Place(append))));
        Assert.Equal((2, "user:vendor", 1L), (Number(history[1]), history[1].Origin.Actor, history[1].Revision));

        // They are refused where we are, by names they know.
        Assert.Equal(["wrong-expected-version"], said["conflict"].Select(c => Text(c, "error")));
        Assert.Equal(["maximum-append-size-exceeded"], said["too large"].Select(c => Text(c, "error")));
        Assert.Equal(["stream-not-found"], said["missing"].Select(c => Text(c, "error")));

        // We follow the same facts at the same places.
        Assert.Equal(history.Select(r => r.Position), said["follow"].Select(Place));
        Assert.Equal(ours!.Position, Place(said["follow"].First()));
    }

    /// <summary>Runs the script, and <paramref name="onceItFollows"/> when it has caught up.</summary>
    static async Task<ILookup<string, JsonElement>> Said(string address, StreamId stream, Func<Task> onceItFollows, CancellationToken ct)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Script, address, $"{stream}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = node.StandardError.ReadToEndAsync(ct);
        try
        {
            List<JsonElement> said = [];
            while (await node.StandardOutput.ReadLineAsync(ct) is { } line)
            {
                said.Add(JsonSerializer.Deserialize<JsonElement>(line));
                if (Text(said[^1], "step") == "caught up") await onceItFollows();
            }

            await node.WaitForExitAsync(ct);
            Assert.True(node.ExitCode == 0, await errors);
            return said.ToLookup(s => Text(s, "step"));
        }
        finally
        {
            if (!node.HasExited) node.Kill();
        }
    }

    static string Text(JsonElement said, string name) => said.GetProperty(name).GetString()!;

    static long Whole(JsonElement said, string name) => said.GetProperty(name).GetInt64();

    static LogPosition Place(JsonElement said) =>
        said.GetProperty("position") is var at ? new((ulong)Whole(at, "commit"), (ulong)Whole(at, "prepare")) : default;

    static string Up(string folder) => File.Exists(Path.Combine(folder, "Compliance.sln")) ? folder : Up(Path.GetDirectoryName(folder)!);
}
