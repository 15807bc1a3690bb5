using Compliance.Api.EventLog;
using Compliance.Api.Views;
using Compliance.Domain.Complaints;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Complaints;

/// <summary>Every night, letters of complaints that were answered long ago are destroyed with their keys.</summary>
sealed class OldLetters(IEventLog log, IViewStore views, Letters letters, TimeProvider clock)
{
    const string Actor = "reaction:destroy-old-letters";
    const int Most = 200;

    public async Task DestroyAll(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Complaint.LetterKept;
        for (Page<ComplaintRow>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(ComplaintRow.View, null, Most, page?.Next, ct);
            foreach (var row in page.Items.Where(row => row.HasLetter && row.AnsweredAt < before))
            {
                letters.Destroy(row.ComplaintId);
                await log.Execute(Complaint.Decider, row.ComplaintId, new ComplaintCommand.DestroyLetter(), new(EventIds.From(row.ComplaintId, "old-letter"), Actor), ct);
            }
        }
    }
}
