using System.Net;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace VenueSimulator.Load;

/// <summary>Breaks and heals cameras over HTTP, on loopback only: PUT or DELETE /faults/{camera}, GET /faults.</summary>
public sealed class ControlDoor : IAsyncDisposable
{
    private readonly WebApplication app;

    private ControlDoor(WebApplication app) => this.app = app;

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <param name="server">The server to control.</param>
    /// <param name="port">0 takes any free port.</param>
    public static async Task<ControlDoor> Open(LoadServer server, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.MapGet("/faults", server.Cameras);
        app.MapPut("/faults/{**camera}", (string camera, Faults faults) => Try(() => server.Inject(camera, faults)));
        app.MapDelete("/faults/{**camera}", (string camera) => Try(() => server.Inject(camera, Faults.None)));
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task<IResult> Try(Func<Task> work)
    {
        try
        {
            await work();
            return Results.NoContent();
        }
        catch (ArgumentException wrong)
        {
            return Results.Problem(wrong.Message, statusCode: StatusCodes.Status404NotFound);
        }
    }
}
