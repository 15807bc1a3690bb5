using Compliance.Domain.Duties;

namespace Compliance.Domain.Cases;

/// <summary>A duty of which something waits for an official.</summary>
public sealed record WaitingDuty(DutyShown Shown, IReadOnlyList<WaitOf> Waits);

/// <summary>How much of what waits is late already or runs out of time, and what else the authority has to enter.</summary>
/// <param name="MissingMci">The year whose monthly calculation index has to be entered now; null where none is missed, and for whoever cannot enter it.</param>
public sealed record WaitingFigures(int Late, int? MissingMci);
