using System.Runtime.CompilerServices;
using Compliance.Domain.Kernel;

namespace Compliance.Api.EventLog;

/// <summary>Following a log in batches: whatever is there already, up to a bound, without waiting for more.</summary>
static class Batches
{
    static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    /// <summary>An empty batch says that nothing has come for a quarter of a second: the end, as far as anybody can tell.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<Recorded>> InBatches(
        this IAsyncEnumerable<Recorded> facts, int most, TimeProvider clock, [EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var each = facts.GetAsyncEnumerator(stop.Token);
        var next = Task.FromResult(false);
        try
        {
            for (var batch = new List<Recorded>(); ;)
            {
                next = each.MoveNextAsync().AsTask();
                if (batch.Count == most || (batch.Count > 0 && !next.IsCompleted))
                {
                    yield return batch;
                    batch = [];
                }

                if (!next.IsCompleted && await Task.WhenAny(next, Task.Delay(Quiet, clock, stop.Token)) != next) yield return [];
                if (!await next) break;
                batch.Add(each.Current);
            }
        }
        finally
        {
            // An enumerator may not be disposed of while it moves.
            await stop.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
