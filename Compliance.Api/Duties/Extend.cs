using Compliance.Api.Entrance;
using Compliance.Api.Subjects;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Duties;

/// <summary>Whoever answers asks for more time and says why; an officer decides and says on what grounds.</summary>
static class Extend
{
    static readonly Refusal NoReason = new("duty.reason-missing", "Say why more time is needed.", "why");

    public static async Task<Answer> Ask(Guid dutyId, ExtensionWish body, Knock knock, Writings writings, TimeProvider clock)
    {
        if (string.IsNullOrWhiteSpace(body.Why)) return NoReason;
        if (body.Until == DateOnly.MaxValue) throw new Malformed("until", "There is no day after this one.");
        return await writings.Keep(body.Why, knock, why =>
            knock.Send(Duty.Decider, dutyId, new DutyCommand.AskExtension(VenueZone.Midnight(body.Until.AddDays(1)), why, clock.GetUtcNow())));
    }

    public static Task<Answer> Decide(Guid dutyId, ExtensionDecision body, Knock knock, TimeProvider clock) =>
        knock.Send(Duty.Decider, dutyId, body.Granted
            ? new DutyCommand.GrantExtension(body.Grounds, clock.GetUtcNow()) : new DutyCommand.RefuseExtension(body.Grounds, clock.GetUtcNow()));
}
