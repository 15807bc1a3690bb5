using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Rulebooks;
using Compliance.Api.Views;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Duties;

/// <summary>
/// What waits for officials: shown to them, and put before the authority when the term of a wait passed, and once more before the limitation.
/// It compares what is with what should be, so a missed tick changes nothing.
/// </summary>
sealed class Waits(IEventLog log, IViewStore views, TimeProvider clock)
{
    const int AtOnce = 200;
    const string Actor = "reaction:escalate-what-waits-for-officials";

    public static async Task<Waiting> Show(Caller caller, IViewStore views, Library library, TimeProvider clock, CancellationToken ct)
    {
        List<WaitingDuty> duties = [];
        foreach (var row in (await views.List(OfficialWait.View, null, AtOnce, null, ct)).Items)
            if (!row.Rests && await views.Find(DutyRow.View, row.DutyId, ct) is { } duty)
                duties.Add(new(new(duty.AsOf(clock.GetUtcNow()), await Requirements.Of(duty, library, ct), null), row.Waits));
        var cases = caller.Is(Who.Authority) ? (await views.List(CaseRow.View, null, AtOnce, null, ct)).Items.Where(Waiting.IsUrgent).ToArray() : [];
        return new([.. duties.OrderBy(duty => duty.Waits.Min(wait => wait.Due))], cases);
    }

    public async Task Tick(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        for (Page<OfficialWait>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(OfficialWait.View, null, AtOnce, page?.Next, ct);
            foreach (var row in page.Items)
            {
                if (row.NextAt > now) return; // listed by when somebody has to be told
                await log.Execute(Duty.Decider, row.DutyId, new DutyCommand.EscalateWaits(now), new(Guid.CreateVersion7(now), Actor), ct);
            }
        }
    }
}
