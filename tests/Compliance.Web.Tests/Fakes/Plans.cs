using Compliance.Domain.Alerts;
using Compliance.Domain.Devices;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Builder;

namespace Compliance.Web.Tests.Fakes;

/// <summary>The plan of a venue: a hall with everything on it, and a cellar with nothing.</summary>
static class Plans
{
    public static void MapPlans(this WebApplication app, City city)
    {
        app.MapGet("/venues/{id:guid}/plan", (Guid id) => id == city.Venues[3].VenueId ? new PlanCard(id, [], null) : Of(city, id));
        app.MapGet("/incidents/{id:guid}/contacts", () => new VenueContacts([new(Post.Manager, "Мадина Оспанова", "+7 701 555 01 01"), new(Post.Owner, "Ерлан Тілеуов", "owner@example.kz")]) { Post = new("+77273000002", 2) });
    }

    public static PlanCard Of(City city, Guid venue)
    {
        var devices = city.Devices.Where(d => d.VenueId == venue).ToList();
        PlanMark[] marks = [.. devices.Select((d, i) => d.Spec is CameraSpec
            ? new PlanMark(d.DeviceId, new[] { .12, .5, .86 }[i % 3], new[] { .82, .2, .3 }[i % 3], new[] { 40d, 180, 250 }[i % 3], 75) : new(d.DeviceId, d.Spec is ExitSpec ? .95 : .3, d.Spec is ExitSpec ? .75 : .1))];
        return new(venue, [new(1, 1.6, [new(.04, .06), new(.7, .06), new(.7, .2), new(.96, .2), new(.96, .94), new(.04, .94)], null, marks), new(-1, 1.6, [new(.3, .2), new(.9, .2), new(.9, .9), new(.3, .9)], null, [])], city.Now.AddDays(-12));
    }
}
