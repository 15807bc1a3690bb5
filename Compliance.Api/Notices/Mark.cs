using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Notices;

namespace Compliance.Api.Notices;

/// <summary>It stood on the caller's screen, or the caller has read it: the body is empty, the caller is whom it is about.</summary>
static class Mark
{
    public static Task<Answer> Delivered(Guid noticeId, Knock knock) =>
        knock.Send(Notice.Decider, noticeId, new NoticeCommand.MarkDelivered(knock.Caller.Id));

    public static Task<Answer> Read(Guid noticeId, Knock knock) =>
        knock.Send(Notice.Decider, noticeId, new NoticeCommand.MarkRead(knock.Caller.Id));
}
