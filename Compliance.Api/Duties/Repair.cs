using Compliance.Api.Entrance;
using Compliance.Domain.Duties;

namespace Compliance.Api.Duties;

/// <summary>Whoever answers shows a repair; an inspector says what he found of it.</summary>
static class Repair
{
    public static Task<Answer> Show(Guid dutyId, RepairProof body, Knock knock, TimeProvider clock) =>
        knock.Send(Duty.Decider, dutyId, new DutyCommand.ShowRepair(body.PhotoHash, clock.GetUtcNow()));

    public static Task<Answer> Find(Guid dutyId, RepairFound body, Knock knock, TimeProvider clock) =>
        knock.Send(Duty.Decider, dutyId, body.Mended
            ? new DutyCommand.Verify(body.Grounds, clock.GetUtcNow()) : new DutyCommand.Reopen(body.Grounds, clock.GetUtcNow()));
}
