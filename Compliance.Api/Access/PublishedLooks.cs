using Compliance.Api.Views;
using Compliance.Domain.Access;
using Compliance.Domain.Venues;

namespace Compliance.Api.Access;

/// <summary>How police looked at cameras, month by month, for everybody. Made of the sessions themselves and counted anew every few minutes at most, whoever asks how often.</summary>
sealed class PublishedLooks(IViewStore views, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    readonly SemaphoreSlim _gate = new(1);
    (DateTimeOffset At, IReadOnlyList<MonthLooks> Months)? _counted;

    public static Task<IReadOnlyList<MonthLooks>> Handle(PublishedLooks looks, CancellationToken ct) => looks.Count(ct);

    public void Dispose() => _gate.Dispose();

    async Task<IReadOnlyList<MonthLooks>> Count(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            var now = clock.GetUtcNow();
            if (_counted is { } known && (now - known.At).Duration() < Fresh) return known.Months;
            var (rows, first) = (new Dictionary<Guid, AccessRow>(), MonthLooks.First(now));
            await foreach (var row in views.From(AccessRow.View, ct))
            {
                if (row is { IsOpen: false, ReviewDue: null } && VenueZone.Month(row.OpenedAt) < first) break; // behind what runs or waits for a review the newest come first
                rows[row.SessionId] = row; // one that ends meanwhile comes twice
            }

            var months = MonthLooks.Of(rows.Values, now);
            _counted = (now, months);
            return months;
        }
        finally
        {
            _gate.Release();
        }
    }
}
