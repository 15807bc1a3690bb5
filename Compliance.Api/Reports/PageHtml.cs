using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Compliance.Api.Reports;

/// <summary>A page written in Razor as one HTML document that needs nothing beside itself: a screen shows it, a printer prints it.</summary>
sealed class PageHtml(ILoggerFactory logs)
{
    /// <summary>How all documents look.</summary>
    public static readonly string Style = Resource.Text("audit.css");

    /// <summary>A document is made of facts alone: its components can ask the host for nothing.</summary>
    static readonly ServiceProvider Nothing = new ServiceCollection().BuildServiceProvider();

    /// <param name="parameter">Name of the page's one parameter.</param>
    public async Task<string> Render<TPage>(string parameter, object value) where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(Nothing, logs);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [parameter] = value });
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TPage>(parameters)).ToHtmlString());
    }
}
