using Compliance.Hosting;
using Compliance.Web;
using Compliance.Web.Parts.Complaints;
using Compliance.Web.Parts.Venues;
using Compliance.Web.Shell;
using Microsoft.AspNetCore.DataProtection;
using MudBlazor.Services;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseStaticWebAssets();
var (api, map) = (ApiAddress.From(builder.Configuration), MapSettings.From(builder.Configuration));

builder.Services.AddSingleton(api).AddSingleton(map).AddSingleton(TimeProvider.System);
builder.Services.AddHttpClient<ApiClient>(http => http.BaseAddress = api.Inside)
    .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2) });
builder.Services.AddScoped<IAccess>(services => services.GetRequiredService<Access>())
    .AddSingleton<ComplaintPost>().AddScoped<Access>().AddScoped<Changes>().AddScoped<Known>();
if (builder.Configuration["Data"] is { } data)
{
    builder.Services.AddDataProtection().PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(data, "keys"))).SetApplicationName("portal");
}

builder.Services.AddLocalization();
builder.Services.AddMudServices();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddHealthChecks();
builder.AddSignIn(api);
builder.Services.AddPublicLimits();
builder.AddMeasuring("compliance-portal").AndRequests();

var app = builder.Build();
app.UseForwardedHeaders(Proxies.From(app.Configuration));
app.UseExceptionHandler("/error");
app.UseStatusCodePagesWithReExecute("/not-found");
app.Use(SafeHeaders.For(api, map));
app.UseRequestLocalization(Languages.Configure);
app.UseRateLimiter();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapGet("/favicon.ico", () => Results.Redirect("/mark.svg", permanent: true)); // asked for beside a PDF, which names no icon
app.MapHealthChecks("/health/live");
app.MapSignIn();
app.MapChoices();
app.MapDocuments();
app.MapPictures();
app.MapFootage();
app.MapDeskLine();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
app.Run();
