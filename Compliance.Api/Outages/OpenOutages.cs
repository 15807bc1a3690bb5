using System.Runtime.CompilerServices;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Api.Outages;

/// <summary>The outages that run: they stand on top of the list.</summary>
static class OpenOutages
{
    const int AtOnce = 500;

    public static async IAsyncEnumerable<OutageRow> Open(this IViewStore views, [EnumeratorCancellation] CancellationToken ct)
    {
        for (Page<OutageRow>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(OutageRow.View, null, AtOnce, page?.Next, ct);
            foreach (var row in page.Items)
            {
                if (row.EndedAt is not null) yield break;
                yield return row;
            }
        }
    }
}
