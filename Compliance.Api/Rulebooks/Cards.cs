using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Rulebooks;

/// <summary>How the rules stand at a venue, as they were asked last; and the venues the caller may see, the worst on top.</summary>
static class Cards
{
    public static async Task<Shown<ComplianceCard>> Show(Guid venueId, IViewStore views, CancellationToken ct) =>
        new(await views.Find(ComplianceCard.View, venueId, ct));

    public static async Task<Page<ComplianceCard>> List([AsParameters] Paging paging, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct) =>
        await views.List(ComplianceCard.View, null, paging.Size, paging.After, ct, keys: await own.Of(caller, ct));
}
