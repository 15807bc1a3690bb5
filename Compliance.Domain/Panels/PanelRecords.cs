using Compliance.Domain.Devices;

namespace Compliance.Domain.Panels;

/// <summary>
/// What a fire alarm panel can say of itself or of one of its zones; each is kept apart from the others. A detector that is tried while
/// the panel is in test may say so itself (<c>ZoneTest</c>) or alarm as it does of a fire. A button for hold-ups (<c>Panic</c>) is no part of a fire alarm,
/// and no test of one covers it.
/// </summary>
public enum PanelSignal { Fire, Supervisory, Fault, Mains, Battery, Bypass, TestMode, ZoneTest, AutomaticTest, ManualTest, Panic }

/// <summary>Whether the panel is heard: it polls every minute, so that its silence is noticed before a fire is.</summary>
public enum PanelLink { Unknown, Up, Suspect, CommFault }

/// <summary>What stands behind a zone of a panel.</summary>
public enum ZoneUse { Detector, CallPoint, Exit }

/// <summary>One zone of a panel: its number there, what it is, and where people find it.</summary>
/// <param name="ExitId">The exit of the register whose door the zone watches.</param>
public sealed record PanelZone(int Number, ZoneUse Use, string PlaceKk, string PlaceRu, Guid? ExitId = null)
{
    /// <summary>Contact ID counts to 999, SIA to four digits.</summary>
    public const int Highest = 9_999;
}

/// <summary>Something that holds at a panel until the panel says it is over. Zone 0: the panel itself.</summary>
public sealed record PanelCondition(PanelSignal Signal, int Zone);

/// <summary>What follows for the fire alarm as a device, and why.</summary>
public sealed record PanelWorth(Verdict Verdict, string Detail)
{
    public static readonly PanelWorth Unheard = new(Verdict.Unknown, "");
}

/// <summary>What is supervised and for how long, the same for probe and API.</summary>
public static class PanelTimes
{
    /// <summary>A panel that is silent for so long is out of reach (the rule's reporting time).</summary>
    public static readonly TimeSpan CommFaultAfter = TimeSpan.FromSeconds(180);

    /// <summary>So many polls in a row that do not come make it suspect.</summary>
    public const int MissedPolls = 3;

    public const int ShortestPollSeconds = 10, LongestPollSeconds = 60;

    /// <summary>How long a test may take from its opening.</summary>
    public static readonly TimeSpan TestWindow = TimeSpan.FromMinutes(30);

    /// <summary>A panel tests itself daily and says so; an hour's grace.</summary>
    public static readonly TimeSpan AutomaticTestWithin = TimeSpan.FromHours(25);

    /// <summary>A panel that reports its test more often is believed, and written down so often.</summary>
    public static readonly TimeSpan AutomaticTestsApart = TimeSpan.FromHours(1);
}
