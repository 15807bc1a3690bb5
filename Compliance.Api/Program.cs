using Compliance.Api;
using Compliance.Api.Entrance;
using Compliance.Api.EventLog;
using Compliance.Api.Identity;
using Compliance.Api.Reactions;
using Compliance.Api.Views;
using Scalar.AspNetCore;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddEventLog().AddViews().AddReactions();
builder.AddComplianceIdentity();
builder.AddDoors();

var app = builder.Build();
app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Problems.Answer, SuppressDiagnosticsCallback = Problems.IsTheirs });
app.UseStatusCodePages();
app.UseAuthentication();
app.UseRateLimiter();
app.UseAuthorization();
app.MapComplianceIdentity();
app.MapDoors();
app.MapOpenApi();
app.MapScalarApiReference();
app.Run();
