using Compliance.Domain.Devices;

namespace Compliance.Domain.Outages;

/// <summary>
/// What outages that began together have in common, the narrowest that explains them. A hint with its evidence, never a word on guilt:
/// the cause that counts is named by a person (<see cref="Cause"/>).
/// </summary>
public enum CommonCause { Device, Several, Recorder, VenuePower, VenueUplink, Venue, Provider, District, Probe }

public static class CommonCauses
{
    /// <summary>How far it reaches: from one device to all that one probe watches.</summary>
    public static int Reach(this CommonCause cause) => cause switch
    {
        CommonCause.Device => 0,
        CommonCause.Several => 1,
        CommonCause.Recorder => 2,
        CommonCause.VenuePower or CommonCause.VenueUplink or CommonCause.Venue => 3,
        CommonCause.Provider => 4,
        CommonCause.District => 5,
        _ => 6,
    };

    /// <summary>It lies beyond the venue: what one venue shows later cannot narrow it again.</summary>
    public static bool IsBeyondVenue(this CommonCause cause) => cause.Reach() >= 4;

    /// <summary>In whose hands that would usually lie: offered to the person who names the cause, who may choose another. Never the owner.</summary>
    public static Cause Suggests(this CommonCause cause) => cause switch
    {
        CommonCause.VenuePower => Cause.Power,
        CommonCause.VenueUplink or CommonCause.Provider => Cause.Provider,
        CommonCause.Probe => Cause.ProbeFault,
        _ => Cause.Unknown,
    };

    /// <summary>The device was asked and gave nothing: such outages may have something outside of the device in common.</summary>
    public static bool IsDark(this Verdict verdict) => verdict.BringsNoPicture() || verdict == Verdict.CommFault;

    /// <summary>Whose outages are gathered into groups and told by them: cameras, and alarms whose line is down. The others are told one by one.</summary>
    public static bool IsGrouped(DeviceKind kind, Verdict verdict) => kind == DeviceKind.Camera || verdict == Verdict.CommFault;
}

/// <summary>What a common cause rests on, in numbers. No address is among it.</summary>
/// <param name="Failed">Devices that fail, of <paramref name="Of"/> within its reach.</param>
/// <param name="Seconds">Between the first and the last of them.</param>
/// <param name="Answering">Other devices of the venue that answered meanwhile.</param>
/// <param name="PanelAnswers">The fire alarm panel was among those.</param>
/// <param name="Venues">Venues wholly dark within the same seconds, of <paramref name="OfVenues"/>; 0 where it stays within one venue.</param>
/// <param name="Name">The provider or the district.</param>
public sealed record CauseEvidence(
    int Failed, int Of, int Seconds, int Answering, bool PanelAnswers = false, int Venues = 0, int OfVenues = 0, string? Name = null);

/// <summary>One outage of a group.</summary>
public sealed record GroupMember(Guid OutageId, Guid DeviceId, Verdict Verdict, DateTimeOffset Since);

/// <summary>When outages count as having begun together. This project's own numbers; the reasons stand in <c>docs/root-cause.md</c>.</summary>
/// <param name="TogetherSeconds">Within one venue.</param>
/// <param name="VenuesTogetherSeconds">Of venues with each other.</param>
/// <param name="FlapsMinutes">A device that fails again so soon after all was well is told as the same outage.</param>
/// <param name="Share">Of the cameras of a recorder, or of a venue, that must have failed.</param>
/// <param name="LeastVenues">Fewer venues are chance.</param>
/// <param name="VenueShare">Of the venues of a district or provider that must be dark.</param>
/// <param name="ProbeShare">Of the venues of a probe, in more than one district.</param>
/// <param name="Explains">Of all venues dark at that moment: so many a district or provider must explain.</param>
public sealed record CorrelationRules(
    int TogetherSeconds = 60, int VenuesTogetherSeconds = 15, int FlapsMinutes = 15, double Share = 0.75, int LeastVenues = 3, double VenueShare = 0.5,
    double ProbeShare = 0.2, double Explains = 0.8)
{
    public TimeSpan Together => TimeSpan.FromSeconds(TogetherSeconds);
    public TimeSpan VenuesTogether => TimeSpan.FromSeconds(VenuesTogetherSeconds);
    public TimeSpan Flaps => TimeSpan.FromMinutes(FlapsMinutes);
}
