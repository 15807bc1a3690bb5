using Compliance.Domain.Venues;

namespace Compliance.Domain.Detectors;

/// <summary>
/// What a box may look for in a picture, given a basis for it: a closed list, and each is added together with the program that does it. None tells
/// what somebody feels, how old, of which sex or of which origin somebody is, and none may. <see cref="WatchList"/> compares faces with the list of an approved operation, and with nothing else;
/// all others know only how patches of a picture move or stay.
/// </summary>
public enum Detector { Fight, WatchList, Crowd, Aggression, ExitBlockage, LeftObject }

/// <summary>How much harm an AI system can do, as its owner records it (AI law of Kazakhstan, article 17).</summary>
public enum RiskDegree { Minimal, Medium, High }

/// <summary>Hours of each day by the venues' clocks; an end at or before the beginning is on the next morning, so equal ones mean all hours.</summary>
public sealed record HoursOfDay(TimeOnly From, TimeOnly Until)
{
    public static readonly HoursOfDay All = new(TimeOnly.MinValue, TimeOnly.MinValue);

    /// <summary>Whether all of these hours are among the others.</summary>
    public bool IsWithin(HoursOfDay others) => Enumerable.Range(0, 24 * 60).Select(minute => TimeOnly.MinValue.AddMinutes(minute)).All(minute => !Covers(minute) || others.Covers(minute));

    public bool Covers(DateTimeOffset at) => Covers(TimeOnly.FromDateTime(VenueZone.Local(at).DateTime));

    bool Covers(TimeOnly time) => From < Until ? From <= time && time < Until : From <= time || time < Until;
}

/// <summary>The paper in which the harm to those who are watched was weighed before a detector may run; the paper itself stays with the authority.</summary>
/// <param name="Sha256">Of its file, hexadecimal: another text is another version.</param>
public sealed record ImpactAssessment(string Title, string Version, string Sha256)
{
    public static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigit);
}
