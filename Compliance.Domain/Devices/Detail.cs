using System.Globalization;

namespace Compliance.Domain.Devices;

/// <summary>Why a verdict is held, finer than the verdict itself: a closed list, worded by whoever shows it to a person.</summary>
public enum Reason
{
    AddressRefused, NameUnresolved, TlsUnsupported, CertificateChanged, NotConnected, ConnectionBroken, ClosedByCamera, NoAnswer, RequestRefused,
    AnswerUnreadable, SessionForgotten, NoPassword, PasswordRefused, NoVideo, SentElsewhere, NoMedia, NoKeyframe, GarbageSent,
    WorkedJustNow, ProbeFault, FormatDiffers, FramesLow, BitrateLow, ClockOff, PicturesAgree, Flapping, CameBack, HealthyMedia,
    WatchingBegan, TooManySilent, NobodyWatches,
    PictureDark, OutlinesLost, EdgesSoft, ViewShifted, ViewGone, Overexposed, PicturesIdentical, GrainStill,
    PanelAnswers, OnBattery, PanelSilent, PanelTrouble, BatteryBad, PowerFailing, ZonesBypassed, ZonesUnproved,
    ContactFree, ContactLocked, ContactBlocked, ContactSilent, LockedOutOfHours,
    PicturesRepeat, OverlayUnseen, OverlayNeverSeen, OverlayRead, OverlayUnreadable, NoOverlay, NothingRepeated,
    ArchiveMissing, ArchiveKept, ArchiveUnproven, ArchiveYoung, OtherDevice, CameraDeclares, PasswordWorksByOnvif, NoOnvif,
    ClockRuns, ClockStands, ClockJumps, ClockPaceOff, ClockUnreadable, NoClock, SceneLives, SceneStill,
    NoPicture, KeyframeUndecodable, FormatUnreadable, OftenDark,
    BetweenLooks,
}

public static class Reasons
{
    /// <summary>What a panel or a contact said of itself.</summary>
    public static bool IsOfPanel(this Reason reason) => reason is >= Reason.PanelAnswers and <= Reason.LockedOutOfHours;

    /// <summary>Measured values that stand beside a verdict: what a picture itself showed, or what a proof came to.</summary>
    public static bool IsEvidence(this Reason reason) => reason is Reason.PictureDark or Reason.OutlinesLost or Reason.EdgesSoft or Reason.ViewShifted
        or Reason.ViewGone or Reason.Overexposed or Reason.PicturesIdentical or Reason.GrainStill
        or Reason.PicturesRepeat or Reason.OverlayUnseen or Reason.ArchiveMissing or Reason.OtherDevice
        or Reason.ClockStands or Reason.ClockJumps or Reason.ClockPaceOff;
}

/// <summary>
/// A reason with its figures. In a fact it is text: <c>FramesLow 8 25</c>, several after each other with <c>; </c> between them.
/// What a person remarked is text too, and reads as itself.
/// </summary>
public sealed record Detail(Reason Reason, IReadOnlyList<string> Figures)
{
    /// <param name="figures">Numbers and technical words, never a secret; white space in them becomes a dash.</param>
    public static string Of(Reason reason, params object[] figures) =>
        string.Join(' ', [reason.ToString(), .. figures.Select(figure => Word(Convert.ToString(figure, CultureInfo.InvariantCulture)!))]);

    public static string And(string detail, string further) => detail.Length == 0 ? further : $"{detail}; {further}";

    /// <summary>Null when the text is a person's remark, or of a kind this version does not know.</summary>
    public static IReadOnlyList<Detail>? Read(string text)
    {
        Detail?[] details = [.. text.Split("; ").Select(ReadOne)];
        return details.Contains(null) ? null : [.. details.OfType<Detail>()];
    }

    /// <summary>
    /// What the text names as the cause, without its figures, by which one cause is told from another: the first reason, and what it says in words. Null when it names none.
    /// </summary>
    public static string? CauseOf(string text) => Read(text)?.FirstOrDefault(d => d.Reason is not (Reason.Flapping or Reason.CameBack)) is { } first
        ? string.Join(' ', [$"{first.Reason}", .. first.Figures.Where(figure => figure.All(char.IsLetter))]) : null;

    /// <summary>Whether the probe itself broke, or did not so much as call: that says nothing of the device.</summary>
    public static bool IsOfProbe(string text) => Read(text)?.Any(d => d.Reason is Reason.ProbeFault or Reason.AddressRefused) == true;

    static Detail? ReadOne(string text) => text.Split(' ') is [var name, .. var figures] && !int.TryParse(name, out _) && Enum.TryParse<Reason>(name, out var reason)
        ? new(reason, figures) : null;

    static string Word(string figure) => string.Join('-', figure.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
