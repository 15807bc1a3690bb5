using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Complaints;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Complaints;

/// <summary>The office that answers complaints: its list, what was written, the answer, the counts.</summary>
static class Office
{
    public static Task<Page<ComplaintRow>> List([AsParameters] Paging paging, IViewStore views, CancellationToken ct) =>
        views.List(ComplaintRow.View, null, paging.Size, paging.After, ct);

    public static Shown<ComplaintLetter> Letter(Guid complaintId, Letters letters) => new(letters.Find(complaintId));

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
