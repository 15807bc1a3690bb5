using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Complaints;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;

namespace Compliance.Api.Complaints;

/// <summary>
/// A complaint comes in under an id the caller made: told twice it is one complaint. The line 102 and the app sign in and say their channel;
/// from the public form only the door's QR code and the web can be the channel, and one address has a limit.
/// </summary>
sealed class Receive(IEventLog log, IViewStore views, Letters letters, TimeProvider clock)
{
    /// <summary>An outage this long before or after still belongs to what somebody saw.</summary>
    static readonly TimeSpan Around = TimeSpan.FromMinutes(30);

    const int MostOutages = 200;

    public static async Task<IResult> ByOffice(Guid complaintId, ComplaintForm body, Caller caller, Receive receive, CancellationToken ct) =>
        await receive.Handle(complaintId, body, caller.Actor, ct);

    public static async Task<IResult> ByPublic(Guid complaintId, ComplaintForm body, HttpContext http, Receive receive, ComplaintLimit limit, CancellationToken ct) =>
        body.Channel is not (ComplaintChannel.DoorQr or ComplaintChannel.Web)
            ? Problems.Of(new Refusal("complaint.channel-foreign", "The public form speaks for the door and the web only.", "channel"))
            : !limit.Passes(http) ? Problems.TooMany("Too many complaints from one address.", ComplaintLimit.RetryAfterSeconds)
            : await receive.Handle(complaintId, body, "public", ct);

    async Task<IResult> Handle(Guid complaintId, ComplaintForm form, string actor, CancellationToken ct)
    {
        var venue = form.VenueId is { } id ? await views.Find(VenueCard.View, id, ct) : null;
        if (form.VenueId is not null && venue is null) return Problems.Of(new Refusal("complaint.venue-foreign", "There is no such venue in the register.", "venueId"));
        var now = clock.GetUtcNow();
        var letter = new ComplaintLetter(Trimmed(form.Words), Trimmed(form.Contact));
        var command = new ComplaintCommand.Receive(
            complaintId, form.Channel, form.Category, form.VenueId, venue?.Details.District ?? District.Of(form.District ?? "")?.Kk ?? "", form.HappenedAt,
            letter is not { Words: null, Contact: null }, venue is null || !Complaint.MayHaveHappened(form.HappenedAt, now) ? [] : await OutagesAt(venue.VenueId, form.HappenedAt, ct), now);
        var (before, _, _) = await log.Load(Complaint.Decider, new("complaint", complaintId), ct);
        // The same call is the same command; another call under the same id is refused, not taken for it.
        var origin = new Origin(EventIds.From(complaintId, $"{form.Channel}/{form.Category}/{form.VenueId}/{form.District}/{form.HappenedAt:O}"), actor);
        if (Complaint.Decider.Decide(before, command).Refusal is { } no) return Problems.Of(no);
        // Sealed before the fact that names it: when that breaks off, the same call sent again completes it.
        if (before is Complaint.Unknown && command.HasLetter) letters.Keep(complaintId, letter);
        var done = await log.Execute(Complaint.Decider, complaintId, command, origin, ct);
        if (done.Refusal is { } refusal) return Problems.Of(refusal);
        var (state, _, _) = await log.Load(Complaint.Decider, new("complaint", complaintId), ct);
        return TypedResults.Ok(Status.Of((Complaint.Known)state));
    }

    async Task<IReadOnlyList<Guid>> OutagesAt(Guid venue, DateTimeOffset at, CancellationToken ct)
    {
        var time = new Period(at - Around, at + Around);
        return [.. (await views.List(OutageRow.View, [venue], MostOutages, null, ct)).Items.Where(o => time.Touches(o.StartedAt, o.EndedAt)).Select(o => o.OutageId)];
    }

    static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
