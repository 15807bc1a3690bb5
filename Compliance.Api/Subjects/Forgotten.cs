using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Subjects;

namespace Compliance.Api.Subjects;

/// <summary>Whom oversight had forgotten, and when: proof of it, without a name.</summary>
static class Forgotten
{
    public static Task<Page<ForgottenPerson>> Handle([AsParameters] Paging paging, IViewStore views, CancellationToken ct) =>
        views.List(ForgottenPerson.View, null, paging.Size, paging.After, ct);
}
