using Compliance.Api.EventLog;

namespace Compliance.Api.Views;

/// <summary>Whether the views show all that this process wrote before somebody asked: who signs, erases or compares by a row may not miss one only because a view is behind, or is being built anew.</summary>
sealed class OwnWrites(ViewProgress progress, Written written)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>False where they do not within a few seconds.</summary>
    public async Task<bool> AreShown(CancellationToken ct) => progress.CaughtUp && await progress.WaitFor(written.Position, Patience, ct);

    /// <exception cref="TimeoutException">The views are too far behind; asked again in a moment they may be there.</exception>
    public async Task Demand(CancellationToken ct)
    {
        if (!await progress.WaitUntilCaughtUp(Patience, ct) || !await progress.WaitFor(written.Position, Patience, ct)) throw new TimeoutException("The views have not come to the end of the log yet.");
    }
}
