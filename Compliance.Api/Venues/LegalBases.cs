using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Venues;

/// <summary>Every basis ever recorded, withdrawn ones too, for those who have to answer whether police may look.</summary>
static class LegalBases
{
    public static Task<Page<LegalBasisRow>> Handle([AsParameters] Paging paging, IViewStore views, CancellationToken ct) =>
        views.List(LegalBasisRow.View, null, paging.Size, paging.After, ct);
}
