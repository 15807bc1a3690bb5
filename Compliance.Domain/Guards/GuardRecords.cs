namespace Compliance.Domain.Guards;

/// <summary>The licence of a security firm: its number, its subtype (1 allows venues vulnerable to terrorism) and its last day.</summary>
public sealed record FirmLicence(string Number, string Subtype, DateOnly Until);

/// <summary>The contract of a venue with a security firm: who it is, under which document, and from which day to which.</summary>
public sealed record SecurityContract(Guid ContractId, string Firm, string Bin, string Document, FirmLicence Licence, DateOnly From, DateOnly Until)
{
    public bool HoldsOn(DateOnly day) => From <= day && day <= Until;
}

/// <summary>A guard of the venue. Who that is, and the number of the certificate, stands in the vault.</summary>
/// <param name="Number">What the guard checks in with; never given to another guard of the venue.</param>
/// <param name="Until">The last day on the roster; null while there is none.</param>
/// <param name="HasOwnPin">The guard chose a PIN that nobody gave him.</param>
public sealed record RosteredGuard(Guid GuardId, int Number, DateOnly CertificateUntil, DateOnly? Until, bool HasOwnPin)
{
    public bool StandsOn(DateOnly day) => Until is not { } until || day <= until;
}

/// <summary>By whose word a guard left: the guard's own, with the code at the venue, or the venue's.</summary>
public enum Witness { Code, Venue }

/// <summary>One guard's shift as it was planned, and what became of it.</summary>
/// <param name="Handset">Marks the telephone it was checked in with, for one night of one venue only; two guards on one telephone are told apart by it.</param>
/// <param name="IsLate">Nobody had come when the patience ended.</param>
/// <param name="IsOver">It ended without a coming, or without a leaving that anybody wrote down.</param>
public sealed record Shift(
    Guid ShiftId, Guid GuardId, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset? In, DateTimeOffset? Out, Witness? OutBy, Guid? Handset,
    bool IsLate, bool IsOver)
{
    public bool IsOnDuty(DateTimeOffset at) => In <= at && at < Until && !(Out <= at);

    public ShiftState StateAt(DateTimeOffset at) => this switch
    {
        { In: null, IsOver: true } => ShiftState.Missed,
        { In: null, IsLate: true } => ShiftState.Late,
        { In: null } => ShiftState.Planned,
        { Out: not null } => ShiftState.Done,
        { IsOver: true } => ShiftState.LeftOpen,
        _ => at < Until ? ShiftState.OnDuty : ShiftState.Done,
    };
}

/// <summary>Where a shift stands: to come, late, on duty, over as it should, over without a coming, over without a leaving.</summary>
public enum ShiftState { Planned, Late, OnDuty, Done, Missed, LeftOpen }

/// <summary>How many persons were inside when somebody of the venue counted them.</summary>
public sealed record HeadCount(int Persons, DateTimeOffset At)
{
    /// <summary>A club fills within the hour: an older count says nothing of now.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    public bool HoldsAt(DateTimeOffset at) => At <= at && at < At + Lasts;
}
