using VenueSimulator.Cities;

namespace VenueSimulator.Stories;

/// <summary>The command "story": what one venue of the city lived through before tonight, told to an API whose clock stands in a file.</summary>
internal static class StoryCommand
{
    public const string Help = """
        story   the eighty days of one venue before tonight: application, inspection, certificate, outages, cases, an appeal
                  --api URL                 an API of a demo that was started with Demo:ClockFile
                  --clock FILE              that file
                  --data DIR                keeps in probe.secret what the demo's probe signs in with
                  --port 8554               of every recorder, as for the city
        """;

    public static async Task Run(IReadOnlyList<string> words, CancellationToken stop)
    {
        var said = new Arguments(words, "--api", "--clock", "--data", "--port");
        var secret = Path.Combine(Directory.CreateDirectory(said.Required("--data")).FullName, "probe.secret");
        using var http = new HttpClient { BaseAddress = new($"{said.Required("--api").TrimEnd('/')}/") };
        var tonight = TimeProvider.System.GetUtcNow();
        var past = new Past(http, said.Required("--clock"), secret, tonight);
        await new Story(http, City.Load(), past, secret, said.Number("--port", 8554)).Tell(stop);
        past.GoTo(TimeProvider.System.GetUtcNow());
        await new Eyes(past).Beat(stop);
        Console.WriteLine($"told  {Story.Venue}, {(tonight - past.Began).TotalDays:0} days");
    }
}
