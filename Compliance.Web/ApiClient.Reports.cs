using System.Globalization;
using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>Documents to print or to read.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<Page<MonthReportRow>>> MonthReports(Guid venue, int limit, CancellationToken ct) =>
        Get<Page<MonthReportRow>>($"venues/{venue}/reports?limit={limit}", ct);

    // Batches of audits
    public Task<Answer<Page<AuditBatchRow>>> Batches(CancellationToken ct) => Get<Page<AuditBatchRow>>("batches?limit=50", ct);

    public Task<Answer<CommandAnswer>> StartBatch(Guid batch, BatchOrder order, CancellationToken ct) => Send(HttpMethod.Put, $"batches/{batch}", order, ct);

    public Task<Answer<CommandAnswer>> StopBatch(Guid batch, CancellationToken ct) => Send(HttpMethod.Post, $"batches/{batch}/stopped", null, ct);

    public Task<Answer<CommandAnswer>> ResumeBatch(Guid batch, CancellationToken ct) => Send(HttpMethod.Post, $"batches/{batch}/resumed", null, ct);

    /// <summary>What is printed of it so far; the caller disposes the answer.</summary>
    public Task<Answer<HttpResponseMessage>> BatchFiles(Guid batch, CancellationToken ct) => Document($"batches/{batch}/audits.zip", ct);

    // Documents as the API writes them; the caller disposes the answer
    public Task<Answer<HttpResponseMessage>> MonthReport(Guid venue, string month, PaperWish wish, CancellationToken ct) =>
        Document($"venues/{venue}/reports/{Uri.EscapeDataString(month)}?{wish.Query}", ct);

    public Task<Answer<HttpResponseMessage>> AccessLedger(Guid venue, DateOnly from, DateOnly to, PaperWish wish, CancellationToken ct) =>
        Document(string.Create(CultureInfo.InvariantCulture, $"venues/{venue}/access-ledger?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}&{wish.Query}"), ct);

    public Task<Answer<HttpResponseMessage>> OutageReport(Guid outage, PaperWish wish, CancellationToken ct) => Document($"outages/{outage}/report?{wish.Query}", ct);

    public Task<Answer<HttpResponseMessage>> Prescription(Guid duty, PaperWish wish, CancellationToken ct) => Document($"duties/{duty}/prescription?{wish.Query}", ct);

    public Task<Answer<HttpResponseMessage>> TransparencyReport(int year, PaperWish wish, CancellationToken ct) =>
        Document(string.Create(CultureInfo.InvariantCulture, $"transparency/{year}?{wish.Query}"), ct);
}
