using Compliance.Domain.Exports;
using Compliance.Domain.Kernel;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>A venue's whole file, to take along, and who took it.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<Page<VenueFileRow>>> Exports(Guid venue, int limit, CancellationToken ct) => Get<Page<VenueFileRow>>($"venues/{venue}/exports?limit={limit}", ct);

    /// <summary>The reader's own that are on their way.</summary>
    public Task<Answer<IReadOnlyList<VenueFileProgress>>> RunningExports(Guid venue, CancellationToken ct) => Get<IReadOnlyList<VenueFileProgress>>($"venues/{venue}/exports/running", ct);

    public Task<Answer<Done>> StopExport(Guid venue, Guid export, CancellationToken ct) => Send<Done>(HttpMethod.Post, $"venues/{venue}/exports/{export}/stopped", null, ct);

    /// <summary>The ZIP as the API writes it; the caller disposes the answer.</summary>
    public Task<Answer<HttpResponseMessage>> WholeFile(Guid venue, string language, CancellationToken ct) => Document($"venues/{venue}/file.zip?language={language}", ct);
}
