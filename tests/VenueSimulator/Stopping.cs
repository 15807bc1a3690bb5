namespace VenueSimulator;

/// <summary>Waits until the process is asked to stop.</summary>
internal static class Stopping
{
    public static async Task Wait(CancellationToken stop)
    {
        var asked = new TaskCompletionSource();
        await using var registration = stop.Register(asked.SetResult);
        await asked.Task;
    }
}
