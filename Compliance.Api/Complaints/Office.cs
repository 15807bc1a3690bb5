using Compliance.Api.Entrance;
using Compliance.Api.EventLog;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Complaints;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Complaints;

/// <summary>The office that answers complaints: its list, what was written, the answer, the counts.</summary>
static class Office
{
    public static Task<Page<ComplaintRow>> List([AsParameters] Paging paging, IViewStore views, CancellationToken ct) =>
        views.List(ComplaintRow.View, null, paging.Size, paging.After, ct);

    /// <summary>That it is read is a fact before it is read.</summary>
    public static async Task<IResult> ReadLetter(Guid complaintId, Caller caller, Letters letters, IEventLog log, TimeProvider clock, CancellationToken ct)
    {
        var command = new ComplaintCommand.ReadLetter(caller.Id, VenueZone.Day(clock.GetUtcNow()));
        var done = await log.Execute(Complaint.Decider, complaintId, command, new(EventIds.From(complaintId, $"read/{command}"), caller.Actor), ct);
        if (done.Refusal is { } no) return Problems.Of(no);
        return letters.Find(complaintId) is { } letter ? TypedResults.Ok(letter) : Problems.Of(new Refusal("complaint.no-letter", "Nothing was written, or it has been destroyed."));
    }

    public static Task<Answer> Do<TCommand>(Guid complaintId, TCommand body, Knock knock) where TCommand : ComplaintCommand =>
        knock.Send(Complaint.Decider, complaintId, body);

    /// <summary>The key goes first, so the fact never claims what has not happened.</summary>
    public static Task<Answer> DestroyLetter(Guid complaintId, Knock knock, Letters letters)
    {
        letters.Destroy(complaintId);
        return knock.Send(Complaint.Decider, complaintId, new ComplaintCommand.DestroyLetter());
    }

    public static async Task<ComplaintFigures> Figures(IViewStore views, CancellationToken ct) =>
        new(await views.All(ComplaintTally.View, null, ct), PublishedCount.All);
}
