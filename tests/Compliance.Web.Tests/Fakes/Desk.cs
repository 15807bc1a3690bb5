using System.Globalization;
using Bunit;
using Compliance.Web.Parts.Complaints;
using Compliance.Web.Parts.Venues;
using Compliance.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Compliance.Web.Tests.Fakes;

/// <summary>A page with its services, in English, as one role; nothing but the network is false.</summary>
public abstract class Desk : BunitContext, IAsyncLifetime
{
    sealed class AlwaysSignedIn : IAccess
    {
        public string? After { get; set; }

        public ValueTask<string?> Token() => new("token");
    }

    /// <summary>Nothing is posted from a page that is not in a browser.</summary>
    sealed class NoForgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    private protected CannedApi Api { get; } = new();

    /// <summary>A busy machine draws the first page slowly.</summary>
    static Desk() => DefaultWaitTimeout = TimeSpan.FromSeconds(10);

    protected Desk(string role = Roles.Owner, TimeProvider? clock = null)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new("en");
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization();
        Services.AddMudServices();
        Services.AddSingleton(clock ?? TimeProvider.System).AddSingleton(new ApiAddress(new("http://api/"), new("https://api.example.kz/"))).AddSingleton(new MapSettings());
        Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        Services.AddScoped<Microsoft.AspNetCore.Components.Server.ProtectedBrowserStorage.ProtectedLocalStorage>();
        Services.AddScoped<IAccess, AlwaysSignedIn>();
        Services.AddScoped(services => new ApiClient(new HttpClient(Api) { BaseAddress = new("http://api/") }, services.GetRequiredService<IAccess>()));
        Services.AddSingleton<ComplaintPost>().AddSingleton<AntiforgeryStateProvider, NoForgery>();
        Services.AddScoped<Changes>().AddScoped<Known>();
        var person = AddAuthorization();
        person.SetAuthorized("Айгүл");
        person.SetRoles(role);
        person.SetClaims(new System.Security.Claims.Claim("sub", City.Person.ToString()));
        SetRendererInfo(new("Server", isInteractive: true));
    }

    /// <summary>A dialog by itself, open.</summary>
    private protected async Task<IRenderedComponent<MudDialogProvider>> Opened<TDialog>(DialogParameters? of = null) where TDialog : IComponent
    {
        var dialogs = Render<MudDialogProvider>();
        await dialogs.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<TDialog>(null, of ?? []));
        return dialogs;
    }

    /// <summary>The body of the one thing that goes through such a door, once it went.</summary>
    /// <param name="door">How verb and path begin, and how they end.</param>
    private protected string Sent(IRenderedComponent<MudDialogProvider> by, string door, string end = "")
    {
        bool Is((string Door, string, string?, string?, string?, string) asked) => asked.Door.StartsWith(door, StringComparison.Ordinal) && asked.Door.EndsWith(end, StringComparison.Ordinal);
        by.WaitForState(() => Api.Asked.Any(Is));
        return Api.Asked.Single(Is).Body;
    }
}
