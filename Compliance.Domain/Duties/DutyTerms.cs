using Compliance.Domain.Devices;
using Compliance.Domain.Inspections;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Duties;

/// <summary>
/// What a failed device or rule obliges to, and how long its owner has. A term that a rule names is that rule's; where none was
/// read, it is this project's own number and says so.
/// </summary>
public static class DutyTerms
{
    const string Own = "own";

    /// <summary>A test holds these rows against the rulebook.</summary>
    public static (DutyMatter Matter, DutyTerm Term) Of(DeviceKind kind) => kind switch
    {
        DeviceKind.Camera => (
            new("KZ.CAM.014", Severity.Major, Wording.Recommended, false, null),
            new(new(0, 0, 0, TimeSpan.FromHours(48)), "KZ.CAM.014", Confidence.Read)),
        DeviceKind.FireAlarm => (
            new("KZ.FIRE.001", Severity.Critical, Wording.ToBeConfirmed, true, "KOAP-410"),
            new(new(0, 0, 0, TimeSpan.FromHours(24)), Own, Confidence.Project)),
        _ => (
            new("KZ.EXIT.003", Severity.Critical, Wording.Violation, true, "KOAP-410"),
            new(new(0, 0, 0, TimeSpan.FromHours(2)), Own, Confidence.Project)),
    };

    /// <summary>
    /// Thirty days are given in practice (source K25); ten calendar days, the least the Code is said to allow, is general
    /// knowledge yet to be checked.
    /// </summary>
    public static DutyTerm Of(Severity severity) => severity switch
    {
        Severity.Critical => new(Days(severity), Own, Confidence.General),
        _ => new(Days(severity), "K25", Confidence.Secondary),
    };

    static CalendarSpan Days(Severity severity) => new(0, RepairDays.Of(severity), 0, TimeSpan.Zero);

    /// <summary>When a term that began then ends. Working days leave out the holidays of the rulebook.</summary>
    public static DateTimeOffset EndOf(this DutyTerm term, DateTimeOffset from, IReadOnlyList<string> holidays) =>
        term.Span?.After(from, holidays) ?? from;
}
