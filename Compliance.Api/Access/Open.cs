using Compliance.Api.Drills;
using Compliance.Api.Entrance;
using Compliance.Domain.Access;
using Compliance.Domain.Alerts;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Access;

/// <summary>An officer gives a reason before any picture. Officer, clock and legal bases are the door's own, never the caller's word.</summary>
static class Open
{
    public static async Task<Answer> Handle(Guid sessionId, AccessCommand.Open body, Knock knock, Posts posts, Beginnings beginnings, DrillDesk drills, TimeProvider clock)
    {
        if (body.SessionId != sessionId) return Problems.OtherId("sessionId");
        var (venue, _, _) = await knock.Log.Load(Venue.Decider, new("venue", body.VenueId), knock.Ct);
        if (venue is not Venue.Open open) return new Refusal("venue.closed", "The venue has been closed.");
        foreach (var camera in body.Cameras)
        {
            if ((await beginnings.Of(new("device", camera), knock.Ct))?.Fact is not DeviceEvent.Registered { Spec: CameraSpec } card || card.VenueId != body.VenueId)
                return new Refusal("access.camera-elsewhere", "This is no camera of the venue.", "cameras");
        }

        // A drill is no reason for a look; who has another one is held up by none.
        if (body.IncidentId is { } named && await drills.AskForMore(named, knock.Caller, knock.CommandId, knock.Ct) is { } test) return test;
        if (body.IncidentId is { } incident && !await IsAnswered(incident, body.VenueId, knock)) return new Refusal("access.incident-elsewhere", "There is no such incident at this venue that somebody still has to answer.", "incidentId");
        return await knock.Send(AccessSession.Decider, sessionId, body with
        {
            OfficerId = knock.Caller.SubjectId, At = clock.GetUtcNow(), BasisIds = [.. open.Bases.Where(b => b.HoldsOn(posts.Today)).Select(b => b.BasisId)],
        });
    }

    /// <summary>An incident of that venue that is under way; one that is over is no reason to look.</summary>
    static async Task<bool> IsAnswered(Guid incident, Guid venue, Knock knock) =>
        (await knock.Log.Load(Incident.Decider, new(Incident.Decider.Category, incident), knock.Ct)).State is Incident.Known known and (Incident.Untaken or Incident.Taken or Incident.Confirmed or Incident.Dispatched or Incident.Arrived)
        && known.Matter.Venue == venue;
}
