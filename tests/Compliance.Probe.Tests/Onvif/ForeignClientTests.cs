using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using VenueSimulator.Load;
using VenueSimulator.Media;
using VenueSimulator.Onvif;

namespace Compliance.Probe.Tests.Onvif;

/// <summary>
/// Somebody else's ONVIF client (for Node, from npm) asks our simulated device, and understands it: so the device that our own client is
/// tried on is no echo of our mistakes.
/// </summary>
public sealed class ForeignClientTests
{
    static readonly string Script = Path.Combine(Up(AppContext.BaseDirectory), "tests", "Compliance.Probe.Tests", "Onvif", "CrossCheck", "crosscheck.js");

    [Theory]
    [InlineData(AuthSchemes.None, 120)]
    [InlineData(AuthSchemes.DigestMd5, 0)]
    [InlineData(AuthSchemes.DigestSha256, 0)]
    public async Task Their_client_understands_our_device(AuthSchemes digest, int ahead)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Path.GetDirectoryName(Script)!, "node_modules")), "the client is not installed: npm ci in Onvif/CrossCheck");
        Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");
        var ct = TestContext.Current.CancellationToken;
        var texts = new ShownTexts(ClipCache.Shared, "lobby");
        await texts.Begin(ct);
        using var server = LoadServer.Start(new() { Clips = texts.Clips, Auth = AuthSchemes.None, Parts = 1 });
        texts.PlayOn(server, "lobby/1");
        await using var device = await SimulatedDevice.Start(new()
        {
            Stream = server.Url("lobby/1"), Replay = new("rtsp://127.0.0.1:8556/replay"), Login = new("police", "secret"), Digest = digest, Texts = texts,
        });
        device.Faults = new() { ClockSkew = TimeSpan.FromSeconds(ahead), ClaimedDays = 45 };
        using var echo = new DiscoveryEcho(device.Address);

        var said = await Said(device, digest is AuthSchemes.None, ct);
        Assert.Contains(device.Address.ToString(), said["discovered"].GetProperty("doors").EnumerateArray().Select(d => d.GetString()));
        Assert.True(said["connected"].GetProperty("media2").GetBoolean());
        Assert.InRange(said["connected"].GetProperty("shift").GetDouble() / 1000, ahead - 2, ahead + 2);
        Assert.Equal("SIM000417", said["identity"].GetProperty("serialNumber").GetString());
        Assert.Equal(1, said["profiles"].GetProperty("count").GetInt32());
        Assert.Equal(server.Url("lobby/1").ToString(), said["stream"].GetProperty("uri").GetString());
        Assert.Equal("rtsp://127.0.0.1:8556/replay", said["replay"].GetProperty("uri").GetString());
        Assert.Equal(45, (said["summary"].GetProperty("dataUntil").GetDateTime() - said["summary"].GetProperty("dataFrom").GetDateTime()).TotalDays, 1);
        Assert.Equal(["04"], Texts(said["overlay"], "before"));
        Assert.Equal(["04", "5117"], Texts(said["overlay"], "after"));
        Assert.Equal(["04"], Texts(said["overlay"], "restored"));
        Assert.Equal("tns1:Device/Trigger/DigitalInput", said["events"].GetProperty("topic").GetString());
        Assert.Equal("LogicalState", said["events"].GetProperty("data").GetProperty("Name").GetString());
    }

    static IEnumerable<string?> Texts(JsonElement said, string when) =>
        said.TryGetProperty(when, out var texts) ? texts.EnumerateArray().Select(t => t.GetString()) : throw new InvalidOperationException(said.ToString());

    static async Task<Dictionary<string, JsonElement>> Said(SimulatedDevice device, bool wsSecurity, CancellationToken ct)
    {
        using var node = Process.Start(new ProcessStartInfo("node",
            [Script, device.Address.Port.ToString(CultureInfo.InvariantCulture), "police", "secret", wsSecurity ? "true" : "false"])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = node.StandardError.ReadToEndAsync(ct);
        try
        {
            var said = new Dictionary<string, JsonElement>();
            while (await node.StandardOutput.ReadLineAsync(ct) is { } line)
            {
                var step = JsonSerializer.Deserialize<JsonElement>(line);
                said[step.GetProperty("step").GetString()!] = step;
                if (said.ContainsKey("waiting") && !said.ContainsKey("events")) device.Trigger(active: true);
            }

            await node.WaitForExitAsync(ct);
            Assert.True(node.ExitCode == 0, await errors);
            return said;
        }
        finally
        {
            if (!node.HasExited) node.Kill();
        }
    }

    static string Up(string folder) => File.Exists(Path.Combine(folder, "Compliance.sln")) ? folder : Up(Path.GetDirectoryName(folder)!);
}
