using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;
using Compliance.Domain.Venues;
using Compliance.Web.Tests.EndToEnd;
using Microsoft.Data.Sqlite;
using VenueSimulator.Panels;

namespace Compliance.Bench;

/// <summary>
/// From a panel's alarm to the stored event, over the whole way as processes: an encrypted frame over TCP, the probe's spool on disk, the
/// API's door, the log on disk. An alarm is taken when it is sent, and the event when the log stamped it; one machine, one clock.
/// </summary>
static class PanelBench
{
    const int Rounds = 3, Alarms = 100, Warmup = 20;
    const string Owner = "owner@demo", Account = "BE9C";

    /// <summary>Slower than the probe lets one source send.</summary>
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(150);

    public static async Task Run(string[] args)
    {
        await using var house = await House.Open(patient: true);
        var (alarm, key) = (Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(32));
        await Register(house, alarm, Convert.ToHexString(key));
        using var panel = new SimulatedPanel(Account, key);
        await panel.Connect(new(IPAddress.Loopback, house.PanelPort), default);
        await UntilHeard(panel);

        var zone = 0;
        var (halves, worst, answers) = (new List<(double, double?)>(), new List<(double, double?)>(), new List<(double, double?)>());
        await Burn(Warmup);
        for (var round = 0; round < Rounds; round++)
        {
            var sent = await Burn(Alarms);
            var stored = await Stored(house, alarm, sent.Keys.Max());
            var delays = sent.Select(s => (stored[s.Key] - s.Value.At).TotalMilliseconds).Order().ToArray();
            halves.Add((Percentile(delays, 50), null));
            worst.Add((Percentile(delays, 99), null));
            answers.Add((Percentile([.. sent.Values.Select(s => s.Answered.TotalMilliseconds).Order()], 50), null));
        }

        Figure.Print("panel: alarm to stored event, p50", "ms", halves);
        Figure.Print("panel: alarm to stored event, p99", "ms", worst, target: 1_000, atMost: true);
        Figure.Print("panel: alarm to its acknowledgement, on the probe's disk by then, p50", "ms", answers);

        async Task<Dictionary<int, (DateTimeOffset At, TimeSpan Answered)>> Burn(int count)
        {
            var sent = new Dictionary<int, (DateTimeOffset, TimeSpan)>();
            using var pace = new PeriodicTimer(Pace);
            for (var n = 0; n < count && await pace.WaitForNextTickAsync(); n++)
            {
                var (at, began) = (TimeProvider.System.GetUtcNow(), TimeProvider.System.GetTimestamp());
                var answer = await panel.Ask(panel.Sia($"FA{++zone:0000}"), default);
                if (answer?.Contains("ACK", StringComparison.Ordinal) != true) throw new InvalidOperationException($"The panel got no acknowledgement but {answer ?? "nothing"}");
                sent[zone] = (at, TimeProvider.System.GetElapsedTime(began));
            }

            return sent;
        }
    }

    static async Task Register(House house, Guid alarm, string key)
    {
        var venue = Guid.CreateVersion7();
        await house.Send(HttpMethod.Put, $"/venues/{venue}", new VenueCommand.Register(
            venue, new("Өлшем", "Замер", "990040001230", "Абай, 1", "Алмалы", new(43.24, 76.9), false), 300, []), Owner);
        await house.Send(HttpMethod.Put, $"/devices/{alarm}", new DeviceCommand.Register(alarm, venue, new FireAlarmSpec("Күзет", "Охрана", "Simulator", ["1"], null, null)), Owner);
        await house.Send(HttpMethod.Put, $"/devices/{alarm}/panel", new PanelEnrolment(Account, key, null, 60), Owner);
    }

    /// <summary>The probe asks for its assignments every second; until then nobody knows the panel.</summary>
    static async Task UntilHeard(SimulatedPanel panel)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while ((await panel.Ask(panel.Poll(), default))?.Contains("ACK", StringComparison.Ordinal) != true) await again.WaitForNextTickAsync();
    }

    /// <summary>When the log stamped each fire, once it has the last one.</summary>
    static async Task<IReadOnlyDictionary<int, DateTimeOffset>> Stored(House house, Guid alarm, int last)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var stored = Read(house, alarm);
            if (stored.ContainsKey(last)) return stored;
            await again.WaitForNextTickAsync();
        }
    }

    static Dictionary<int, DateTimeOffset> Read(House house, Guid alarm)
    {
        using var log = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = house.LogFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        log.Open();
        using var command = log.CreateCommand();
        command.CommandText = "SELECT data, recorded_at FROM facts WHERE stream = $stream AND name = 'panel.fire-raised.v1'";
        command.Parameters.AddWithValue("$stream", $"{new StreamId("panel", alarm)}");
        using var rows = command.ExecuteReader();
        var stored = new Dictionary<int, DateTimeOffset>();
        while (rows.Read()) stored[JsonSerializer.Deserialize<PanelEvent.FireRaised>((byte[])rows[0], EventCatalog.Json)!.Zone] = new(rows.GetInt64(1), TimeSpan.Zero);
        return stored;
    }

    static double Percentile(double[] sorted, int percent) => sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(sorted.Length * percent / 100.0) - 1)];
}
