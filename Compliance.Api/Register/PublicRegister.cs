using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;

namespace Compliance.Api.Register;

/// <summary>The register in memory, as of the place in the log it was read at: a stranger's search costs no reading of the store.</summary>
sealed class PublicRegister(IViewStore views, ViewProgress progress)
{
    volatile Copy? _copy;

    /// <summary>Two who come at once may both read it; the rows are the same.</summary>
    public async Task<IReadOnlyList<RegisterRow>> Rows(CancellationToken ct)
    {
        var at = progress.Position;
        if (_copy is { } known && known.At == at) return known.Rows;
        var rows = await views.All(RegisterRow.View, null, ct);
        _copy = new(at, rows);
        return rows;
    }

    sealed record Copy(LogPosition At, IReadOnlyList<RegisterRow> Rows);
}
