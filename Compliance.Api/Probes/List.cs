using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

static class List
{
    public static Task<Page<ProbeCard>> Handle([AsParameters] Paging paging, IViewStore views, CancellationToken ct) =>
        views.List(ProbeCard.View, null, paging.Size, paging.After, ct);
}
