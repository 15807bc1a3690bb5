using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Compliance.Api.Reports;

/// <summary>The audit as one HTML document that needs nothing beside itself.</summary>
sealed class AuditHtml(IServiceProvider services, ILoggerFactory logs)
{
    public static readonly string Style = Resource.Text("audit.css");

    public async Task<string> Render(AuditReport report)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(AuditPage.Report)] = report });
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<AuditPage>(parameters)).ToHtmlString());
    }
}
