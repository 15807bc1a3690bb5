using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Compliance.Api.Tests.Webhooks;

/// <summary>A request as it arrived: its path, the three headers, its bytes.</summary>
sealed record Heard(string Path, string Id, string Timestamp, string Signature, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}

/// <summary>A receiver of webhooks on a real port of this machine, which answers as the test says, and 200 otherwise.</summary>
sealed class ControlCentre : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly Channel<Heard> _heard = Channel.CreateUnbounded<Heard>();

    ControlCentre()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(o => o.AddServerHeader = false);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(o => o.ShutdownTimeout = TimeSpan.Zero); // who hangs is not waited for
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(Handle);
    }

    /// <summary>What it answers next, in this order.</summary>
    public ConcurrentQueue<Func<HttpContext, Task>> Next { get; } = new();

    public string Url { get; private set; } = "";

    public string Host => new Uri(Url).Authority;

    public static async Task<ControlCentre> Open()
    {
        var centre = new ControlCentre();
        await centre._app.StartAsync(TestContext.Current.CancellationToken);
        centre.Url = centre._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return centre;
    }

    public void Answers(int status, Action<HttpResponse>? also = null) => Next.Enqueue(http =>
    {
        http.Response.StatusCode = status;
        also?.Invoke(http.Response);
        return Task.CompletedTask;
    });

    /// <summary>It takes the request and never answers.</summary>
    public void Hangs() => Next.Enqueue(http => Task.Delay(Timeout.Infinite, http.RequestAborted));

    public async Task<Heard> Hear()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        return await _heard.Reader.ReadAsync(patience.Token);
    }

    public int Unheard => _heard.Reader.Count;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task Handle(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var headers = http.Request.Headers;
        await _heard.Writer.WriteAsync(new(http.Request.Path, headers["webhook-id"]!, headers["webhook-timestamp"]!, headers["webhook-signature"]!, body.ToArray()), http.RequestAborted);
        if (Next.TryDequeue(out var answer)) await answer(http);
    }
}
