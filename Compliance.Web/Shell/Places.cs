using System.Security.Claims;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;

namespace Compliance.Web.Shell;

/// <summary>What a page in the navigation is for; places of one kind stand together.</summary>
public enum PlaceKind { Watch, Decide, Reference }

/// <summary>A page in the navigation and the roles that have it.</summary>
public sealed record Place(string Address, string Word, string Icon, string For, PlaceKind Kind = PlaceKind.Watch, NavLinkMatch Match = NavLinkMatch.Prefix);

/// <summary>The desks: which pages a role finds in its navigation, its first one being home.</summary>
public static class Places
{
    public const string Inbox = "/inbox";

    static readonly Place[] All =
    [
        new("/mine", "place.mine", Icons.Material.Rounded.Storefront, Roles.Venue),
        new(Inbox, "place.inbox", Icons.Material.Rounded.Inbox, Roles.Venue),
        new("/duties", "place.duties", Icons.Material.Rounded.AssignmentLate, Roles.Venue),
        new("/cases", "place.cases", Icons.Material.Rounded.Balance, Roles.Venue),
        new("/register", "place.register", Icons.Material.Rounded.AddBusiness, Roles.Owner),
        new("/oversight", "place.oversight", Icons.Material.Rounded.Policy, Roles.Oversight),
        new("/alerts", "place.alerts", Icons.Material.Rounded.CrisisAlert, Roles.Police),
        new("/patrol", "place.patrol", Icons.Material.Rounded.LocalPolice, Roles.Police),
        new("/feeds", "place.feeds", Icons.Material.Rounded.Videocam, Roles.SeesFeeds),
        new("/access", "place.access", Icons.Material.Rounded.ManageSearch, Roles.SeesFeeds),
        new("/footage", "place.footage", Icons.Material.Rounded.VideoFile, Roles.SeesFeeds),
        new("/face-candidates", "place.face-candidates", Icons.Material.Rounded.Face, Roles.SeesFeeds),
        new("/watch-operations", "place.watch-operations", Icons.Material.Rounded.PersonSearch, Roles.SeesFeeds, PlaceKind.Decide),
        new("/watch-list", "place.watch-list", Icons.Material.Rounded.Badge, Roles.SeesFeeds, PlaceKind.Decide),
        new("/venues", "place.venues", Icons.Material.Rounded.Storefront, $"{Roles.Installer},{Roles.SeesAllVenues}"),
        new("/inspections", "place.inspections", Icons.Material.Rounded.FactCheck, Roles.ReadsRecord),
        new("/outages", "place.outages", Icons.Material.Rounded.ReportProblem, Roles.SeesAllVenues),
        new("/duties", "place.duties", Icons.Material.Rounded.AssignmentLate, $"{Roles.Inspector},{Roles.Authority}"),
        new("/waiting", "place.waiting", Icons.Material.Rounded.HourglassTop, Roles.DecidesExtensions, PlaceKind.Decide),
        new("/cases", "place.cases", Icons.Material.Rounded.Balance, Roles.Office, PlaceKind.Decide),
        new("/complaints", "place.complaints", Icons.Material.Rounded.RecordVoiceOver, Roles.SeesComplaints, PlaceKind.Decide),
        new("/contests", "place.contests", Icons.Material.Rounded.Forum, Roles.Office, PlaceKind.Decide),
        new("/licences", "place.licences", Icons.Material.Rounded.WorkspacePremium, Roles.Office, PlaceKind.Decide),
        new("/legal-bases", "place.bases", Icons.Material.Rounded.Gavel, Roles.Office, PlaceKind.Reference),
        new("/detectors", "place.detectors", Icons.Material.Rounded.Visibility, Roles.SeesDetectors, PlaceKind.Reference),
        new("/models", "place.models", Icons.Material.Rounded.Psychology, Roles.Office, PlaceKind.Reference),
        new("/known-clips", "place.known-clips", Icons.Material.Rounded.VideoLibrary, Roles.Office, PlaceKind.Reference),
        new("/rulebooks", "place.rulebooks", Icons.Material.Rounded.MenuBook, Roles.Office, PlaceKind.Reference),
        new("/statistics", "place.statistics", Icons.Material.Rounded.BarChart, Roles.SeesFleet, PlaceKind.Reference),
        new("/batches", "place.batches", Icons.Material.Rounded.Print, Roles.Authority, PlaceKind.Reference),
        new("/fleet", "place.fleet", Icons.Material.Rounded.Map, Roles.SeesProbes, PlaceKind.Reference),
        new("/probes", "place.probes", Icons.Material.Rounded.Sensors, Roles.SeesProbes, PlaceKind.Reference),
        new("/webhooks", "place.webhooks", Icons.Material.Rounded.Webhook, Roles.SeesWebhooks, PlaceKind.Reference),
        new("/camera-test", "place.camera-test", Icons.Material.Rounded.VideoSettings, Roles.Installer, PlaceKind.Reference),
    ];

    public static IEnumerable<Place> Of(ClaimsPrincipal person) => All.Where(place => person.Has(place.For));

    /// <summary>Where a person begins; the front page for one without a desk.</summary>
    public static string Home(ClaimsPrincipal person) => Of(person).FirstOrDefault()?.Address ?? "/";

    /// <summary>The person's own id.</summary>
    public static Guid Id(this ClaimsPrincipal person) => Guid.TryParse(person.FindFirst("sub")?.Value, out var id) ? id : Guid.Empty;

    /// <summary>Holds one of the roles, written with commas as in a page's attribute.</summary>
    public static bool Has(this ClaimsPrincipal person, string roles) => roles.Split(',').Any(person.IsInRole);
}
