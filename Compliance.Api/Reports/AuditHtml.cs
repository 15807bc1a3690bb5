using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Compliance.Api.Reports;

/// <summary>The audit as one HTML document that needs nothing beside itself.</summary>
sealed class AuditHtml(ILoggerFactory logs)
{
    /// <summary>A report is made of facts alone: its components can ask the host for nothing.</summary>
    static readonly ServiceProvider Nothing = new ServiceCollection().BuildServiceProvider();

    public static readonly string Style = Resource.Text("audit.css");

    public async Task<string> Render(AuditReport report)
    {
        await using var renderer = new HtmlRenderer(Nothing, logs);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(AuditPage.Report)] = report });
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<AuditPage>(parameters)).ToHtmlString());
    }
}
