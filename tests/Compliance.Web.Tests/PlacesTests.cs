using System.Security.Claims;
using Compliance.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace Compliance.Web.Tests;

/// <summary>Every role finds the pages it may open, and none that is shut to it.</summary>
public sealed class PlacesTests
{
    static readonly Dictionary<string, string> Doors = typeof(Places).Assembly.GetTypes()
        .SelectMany(page => page.GetCustomAttributes(typeof(RouteAttribute), false).Cast<RouteAttribute>(), (page, route) => (route.Template, Page: page))
        .Select(x => (x.Template, Door: (AuthorizeAttribute?)Attribute.GetCustomAttribute(x.Page, typeof(AuthorizeAttribute))))
        .Where(x => x.Door?.Roles is not null).ToDictionary(x => x.Template, x => x.Door!.Roles!);

    public static TheoryData<string> Everybody =>
        [Roles.Owner, Roles.Manager, Roles.Installer, Roles.Inspector, Roles.Operator, Roles.Supervisor, Roles.Authority, Roles.Oversight, Roles.Administrator];

    [Theory, MemberData(nameof(Everybody))]
    public void A_place_is_open_to_whom_it_is_shown_once_and_looks_like_no_other(string role)
    {
        var places = Places.Of(Holder(role)).ToArray();
        Assert.NotEmpty(places);
        Assert.All(places, place => Assert.Contains(role, Doors[place.Address].Split(',')));
        Assert.Equal(places.Length, places.Select(place => place.Address).Distinct().Count());
        Assert.Equal(places.Length, places.Select(place => place.Icon).Distinct().Count());
    }

    [Theory]
    [InlineData("/cases"), InlineData("/complaints"), InlineData("/contests"), InlineData("/licences"), InlineData("/rulebooks"), InlineData("/statistics")]
    public void Whoever_may_open_an_office_page_finds_it(string address) => Assert.All(Doors[address].Split(','), role =>
        Assert.Contains(Places.Of(Holder(role)), place => place.Address == address));

    static ClaimsPrincipal Holder(string role) => new(new ClaimsIdentity([new("role", role)], "test", "name", "role"));
}
