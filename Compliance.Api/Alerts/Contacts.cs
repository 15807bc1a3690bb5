using Compliance.Api.Drills;
using Compliance.Api.Entrance;
using Compliance.Api.Guards;
using Compliance.Api.Identity;
using Compliance.Api.Subjects;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Alerts;

/// <summary>How those who answer for a venue are reached: told to the officer who has an open incident there in hand, and that he was told is a fact first.</summary>
static class Contacts
{
    public static async Task<IResult> See(Guid incidentId, Caller caller, Persons persons, PostTelephones telephones, OnDuty guards, Posts posts, DrillDesk drills, IEventLog log, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        var see = new IncidentCommand.SeeContacts(new(caller.Id, caller.Is(Who.Supervisor)), VenueZone.Day(clock.GetUtcNow()));
        if (await drills.Handle(incidentId, see, new(Guid.CreateVersion7(), caller.Actor), ct) is { } ofDrill) return ofDrill;
        var done = await log.Execute(Incident.Decider, incidentId, see, new(Guid.CreateVersion7(), caller.Actor), ct);
        if (done.Refusal is { } no) return Problems.Of(no);
        var (incident, _, _) = await log.Load(Incident.Decider, new(Incident.Decider.Category, incidentId), ct);
        var id = ((Incident.Known)incident).Matter.Venue;
        var (venue, _, _) = await log.Load(Venue.Decider, new("venue", id), ct);
        var people = venue is Venue.Open open ? open.People.Where(p => p.Post != Post.Installer && p.HoldsOn(posts.Today)).OrderByDescending(p => p.Post) : Enumerable.Empty<Appointment>();
        response.Headers.CacheControl = "no-store";
        var post = await telephones.Of(id, log, ct) is { } number ? new GuardsPost(number, await guards.Count(id, ct)) : null;
        return TypedResults.Ok(new VenueContacts([.. people.Select(p => persons.Find(p.SubjectId) is { } person ? new VenueContact(p.Post, person.Name, person.Contact) : null).OfType<VenueContact>()]) { Post = post });
    }
}
