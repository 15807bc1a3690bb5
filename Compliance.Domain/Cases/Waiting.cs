using Compliance.Domain.Duties;

namespace Compliance.Domain.Cases;

/// <summary>What waits for an official, the longest overdue on top.</summary>
/// <param name="Cases">Of the authority alone: whose limitation draws near, whose penalty is to be set anew, and appeals.</param>
public sealed record Waiting(IReadOnlyList<WaitingDuty> Duties, IReadOnlyList<CaseRow> Cases)
{
    /// <summary>How much of it is late already, or runs out of time.</summary>
    public int Urgent(DateTimeOffset now) => Duties.Count(duty => duty.Waits.Any(wait => wait.Due <= now)) + Cases.Count(row => row is { State: CaseState.Open } or { Lifted: not null });

    /// <summary>What of a case an officer has to do before anything else.</summary>
    public static bool IsUrgent(CaseRow row) => row is { State: CaseState.Open, WarnedAt: not null } or { State: CaseState.Appealed } or { State: CaseState.Decided, Lifted: not null };
}

public sealed record WaitingDuty(DutyShown Shown, IReadOnlyList<WaitOf> Waits);
