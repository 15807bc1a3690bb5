using System.Runtime.InteropServices;
using VenueSimulator.Cities;
using VenueSimulator.Load;
using VenueSimulator.Panels;
using VenueSimulator.Stories;

const string Help = $"""
    VenueSimulator: cameras that do not exist, on real RTSP.

    {CityCommand.Help}
    {StoryCommand.Help}
    {LoadCommand.Help}
    {PanelCommand.Help}
    help    this page
    """;

using var stopping = new CancellationTokenSource();
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

try
{
    switch (args)
    {
        case ["city", .. var words]:
            await CityCommand.Run(words, stopping.Token);
            return 0;
        case ["story", .. var words]:
            await StoryCommand.Run(words, stopping.Token);
            return 0;
        case ["load", .. var words]:
            await LoadCommand.Run(words, stopping.Token);
            return 0;
        case ["panel", .. var words]:
            await PanelCommand.Run(words, stopping.Token);
            return 0;
        case ["help"] or ["--help"]:
            Console.WriteLine(Help);
            return 0;
        default:
            Console.Error.WriteLine(Help);
            return 2;
    }
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
catch (Exception wrong) when (wrong is HttpRequestException or InvalidOperationException or IOException)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return 0;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
