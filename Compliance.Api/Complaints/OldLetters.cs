using Compliance.Api.EventLog;
using Compliance.Api.Views;
using Compliance.Domain.Complaints;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Complaints;

/// <summary>Every night, letters of complaints that were answered long ago, or never in all that time, are destroyed with their keys.</summary>
sealed class OldLetters(IEventLog log, IViewStore views, Letters letters, TimeProvider clock)
{
    const string Actor = "reaction:destroy-old-letters";
    const int Most = 200;

    public async Task DestroyAll(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        for (Page<ComplaintRow>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(ComplaintRow.View, null, Most, page?.Next, ct);
            foreach (var row in page.Items.Where(row => row.HasLetter && now > (row.AnsweredAt + Complaint.LetterKept ?? row.ReceivedAt + Complaint.UnansweredKept)))
            {
                letters.Destroy(row.ComplaintId);
                await log.Execute(Complaint.Decider, row.ComplaintId, new ComplaintCommand.DestroyLetter(), new(EventIds.From(row.ComplaintId, "old-letter"), Actor), ct);
            }
        }
    }
}
