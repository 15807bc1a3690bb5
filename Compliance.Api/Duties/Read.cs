using Compliance.Api.Entrance;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;

namespace Compliance.Api.Duties;

/// <summary>Whoever reads what is owed has read the message about it: its notice says so, and by it the duty. Before that message was written there is nothing to mark.</summary>
static class Read
{
    public static async Task<Answer> Handle(Guid dutyId, Knock knock)
    {
        var (notice, last) = (default(Guid?), default(Recorded));
        await foreach (var recorded in knock.Log.Read(new("duty", dutyId), knock.Ct))
            (notice, last) = (EventCatalog.Decode(recorded) is DutyEvent.Notified told ? told.NoticeId : notice, recorded);
        return notice is { } id ? await knock.Send(Notice.Decider, id, new NoticeCommand.MarkRead(knock.Caller.Id))
            : new Executed(null, false, last?.Revision ?? -1, last?.Position ?? LogPosition.Start);
    }
}
