namespace Compliance.Api.Reports;

/// <summary>The audit as HTML.</summary>
sealed class AuditHtml(ILoggerFactory logs)
{
    public static readonly string Style = Resource.Text("audit.css");

    readonly PageHtml _pages = new(logs);

    public Task<string> Render(AuditReport report) => _pages.Render<AuditPage>(nameof(AuditPage.Report), report);
}
