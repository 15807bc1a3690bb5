using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>The monthly reports of a venue.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<Page<MonthReportRow>>> MonthReports(Guid venue, int limit, CancellationToken ct) =>
        Get<Page<MonthReportRow>>($"venues/{venue}/reports?limit={limit}", ct);

    /// <summary>The PDF as the API writes it; the caller disposes the answer.</summary>
    public Task<Answer<HttpResponseMessage>> MonthReport(Guid venue, string month, string language, CancellationToken ct) =>
        Document($"venues/{venue}/reports/{Uri.EscapeDataString(month)}?language={language}", ct);
}
