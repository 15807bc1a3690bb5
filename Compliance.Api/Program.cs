using Compliance.Api;
using Compliance.Api.Demo;
using Compliance.Api.Entrance;
using Compliance.Api.EventLog;
using Compliance.Api.Evidence;
using Compliance.Api.Identity;
using Compliance.Api.Measures;
using Compliance.Api.Reactions;
using Compliance.Api.Reports;
using Compliance.Api.TransparentLog;
using Compliance.Api.Views;
using Compliance.Hosting;
using Scalar.AspNetCore;

if (args is [WitnessCommand.Name or VerifyCommand.Name, ..])
{
    using var stop = new CancellationTokenSource();
    Console.CancelKeyPress += (_, pressed) =>
    {
        pressed.Cancel = true; // the command says itself how far it came
        stop.Cancel();
    };
    return args[0] == VerifyCommand.Name ? await VerifyCommand.Run(args[1..], Console.Out, stop.Token)
        : await WitnessCommand.Run(args[1..], Console.Out, TimeProvider.System, stop.Token);
}

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(StoryClock.Of(builder.Configuration));
builder.Services.AddEventLog().AddTransparentLog().AddViews().AddReactions().AddSchedules().AddReports();
builder.AddComplianceIdentity();
builder.AddDoors();
builder.AddMeasuring("compliance-api").AndRequests();
builder.Services.AddHostedService<Gauges>();

var app = builder.Build();
if (args is [ExportLogCommand.Name, var folder]) return await ExportLogCommand.Run(folder, app.Services, Console.Out, app.Lifetime.ApplicationStopping);
if (args is [RebuildViews.Command]) return await RebuildViews.Run(app.Services, Console.Out, app.Lifetime.ApplicationStopping);

app.UseForwardedHeaders(Proxies.From(app.Configuration));
app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Problems.Answer, SuppressDiagnosticsCallback = Problems.IsTheirs });
app.UseStatusCodePages();
app.UseWebSockets();
app.UseAuthentication();
app.UseRateLimiter();
app.UseAuthorization();
app.MapComplianceIdentity();
app.MapDoors();
app.MapOpenApi();
app.MapScalarApiReference();
await app.RunAsync();
return 0;
