using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Complaints;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Complaints;

/// <summary>What anybody may ask without signing in: where a complaint stands, by the id only its complainant has, and what stands over a venue's door.</summary>
static class Status
{
    public static async Task<Shown<ComplaintStatus>> Handle(Guid complaintId, IEventLog log, CancellationToken ct) =>
        new((await log.Load(Complaint.Decider, new("complaint", complaintId), ct)).State is Complaint.Known known ? Of(known) : null);

    public static async Task<Shown<VenueSign>> Sign(Guid venueId, IViewStore views, CancellationToken ct) =>
        new(await views.Find(VenueCard.View, venueId, ct) is { ClosedBecause: null } card
            ? new(venueId, card.Details.NameKk, card.Details.NameRu, card.Details.Address, card.Details.District) : null);

    public static ComplaintStatus Of(Complaint.Known known) => new(
        known.Card.ComplaintId, known.Card.Number,
        known.Closed ? ComplaintState.Closed : known.Outcome is null ? ComplaintState.Received : ComplaintState.Answered, known.Outcome,
        known.Readings is [.., var last] ? last.On : null);
}
