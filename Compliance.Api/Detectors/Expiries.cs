using Compliance.Api.Views;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Detectors;

/// <summary>On each tick, the bases whose time has passed are written down as ended. The boxes do not wait for that: they know the end themselves.</summary>
sealed class Expiries(IEventLog log, IViewStore views, TimeProvider clock)
{
    const string Actor = "reaction:end-bases-of-detectors";
    const int Most = 100;

    public async Task Tick(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        for (Page<DetectorBasisRow>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(DetectorBasisRow.View, null, Most, page?.Next, ct);
            foreach (var row in page.Items)
            {
                // Those that stand come first, the one that ends soonest on top.
                if (row.End is not null || now < row.Card.Until) return;
                await log.Execute(DetectorBasis.Decider, row.Card.BasisId, new DetectorBasisCommand.Expire(now), new(EventIds.From(row.Card.BasisId, "expire"), Actor), ct);
            }
        }
    }
}
