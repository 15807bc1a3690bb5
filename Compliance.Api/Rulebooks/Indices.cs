using Compliance.Api.Entrance;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Rulebooks;

/// <summary>The monthly calculation index: what is known of it, and what the licensing authority enters or corrects.</summary>
static class Indices
{
    /// <summary>As the log has it now, so that what was entered a moment ago counts.</summary>
    public static async Task<MciLine> Known(IEventLog log, CancellationToken ct) => (await log.Load(Mci.Decider, new("mci", Mci.Id), ct)).State;

    public static async Task<MciShown> Show(IEventLog log, TimeProvider clock, CancellationToken ct)
    {
        var known = await Known(log, ct);
        return new([.. known.All().Reverse()], known.MissingOn(VenueZone.Day(clock.GetUtcNow())));
    }

    public static Task<Answer> Set(MciWord body, Knock knock, TimeProvider clock) =>
        knock.Send(Mci.Decider, Mci.Id, new MciCommand.Set(body.From, body.Tenge, body.Source, knock.Caller.SubjectId, clock.GetUtcNow()));

    public static Task<Answer> Correct(MciCorrection body, Knock knock, TimeProvider clock) =>
        knock.Send(Mci.Decider, Mci.Id, new MciCommand.Correct(body.From, body.Tenge, body.Source, body.Grounds, knock.Caller.SubjectId, clock.GetUtcNow()));
}
