using System.Collections.Concurrent;
using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;

namespace Compliance.Api.Notices;

/// <summary>The caller has read every notice he had before him: one knock, however long the inbox is, and a fact for each.</summary>
static class MarkAll
{
    /// <summary>Streams written to at once; the log gathers them into few commits.</summary>
    const int AtOnce = 32;

    public static async Task<Answer> Read(NoticesRead body, Knock knock, OwnVenues own, IViewStore views)
    {
        var me = knock.Caller.Id;
        var unread = (await views.All(NoticeRow.View, await own.HeldBy(knock.Caller, knock.Ct), knock.Ct))
            .Where(notice => notice.IssuedAt <= body.Until && !notice.IsReadBy(me));
        var marked = new ConcurrentBag<Executed>();
        await Parallel.ForEachAsync(unread, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = knock.Ct }, async (notice, _) =>
        {
            var done = await knock.Then(Notice.Decider, notice.NoticeId, new NoticeCommand.MarkRead(me), $"read by {me}");
            if (done.Executed is { } executed) marked.Add(executed);
        });
        return marked.MaxBy(done => done.Position) ?? new Executed(null, false, -1, LogPosition.Start);
    }
}
