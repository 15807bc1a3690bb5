using System.Net;

namespace VenueSimulator.Panels;

/// <summary>A panel on the command line: polls every minute, and says line by line what is typed.</summary>
internal static class PanelCommand
{
    public const string Help = """
        panel   a fire alarm panel that reports by SIA DC-09; what is typed is said (FI, FA01, FH01, FK, RP, FB02 …), an empty line polls
                  --to 127.0.0.1:7700   the probe
                  --account 1234        the number it reports under
                  --key HEX             its AES key (32, 48 or 64 digits); without one it speaks plainly
        """;

    public static async Task Run(IReadOnlyList<string> words, CancellationToken ct)
    {
        var arguments = new Arguments(words, "--to", "--account", "--key");
        var to = IPEndPoint.Parse(arguments.Text("--to") ?? "127.0.0.1:7700");
        using var panel = new SimulatedPanel(arguments.Required("--account"), arguments.Text("--key") is { } key ? Convert.FromHexString(key) : null);
        await panel.Connect(to, ct);
        using var poll = new PeriodicTimer(TimeSpan.FromSeconds(60));
        var (typed, due) = (Console.In.ReadLineAsync(ct).AsTask(), poll.WaitForNextTickAsync(ct).AsTask());
        await Say("");
        while (true)
        {
            if (await Task.WhenAny(typed, due) == due)
            {
                due = poll.WaitForNextTickAsync(ct).AsTask();
                await Say("");
            }
            else
            {
                if (await typed is not { } line) return;
                typed = Console.In.ReadLineAsync(ct).AsTask();
                await Say(line.Trim().ToUpperInvariant());
            }
        }

        async Task Say(string codes) => Console.WriteLine($"{(codes.Length > 0 ? codes : "poll")}: {await panel.Ask(codes.Length > 0 ? panel.Sia(codes) : panel.Poll(), ct) ?? "the receiver hung up"}");
    }
}
