using System.Diagnostics;
using System.Text.Json.Serialization;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Alerts;

/// <summary>Who called for help from within a venue: a person in the portal, a guard on the page behind the code, or a device wired to the panel.</summary>
public enum PanicWay { Owner, Manager, Guard, Panel }

/// <summary>What keeps a press from being an accident: the button was held down, or the page asked once more. No other press is taken.</summary>
public enum PanicGesture { Held, AskedTwice }

/// <summary>Facts about the panic button of one venue; the stream bears the venue's id.</summary>
public abstract record PanicEvent(Guid VenueId)
{
    /// <summary>Somebody of the venue called for help.</summary>
    /// <param name="PressId">Made by the page: told twice, it is one press.</param>
    /// <param name="By">The person, or the guard of the roster.</param>
    [EventName("panic.pressed.v1")]
    public sealed record Pressed(Guid VenueId, Guid PressId, Guid By, PanicWay Way, PanicGesture Gesture, DateTimeOffset At) : PanicEvent(VenueId);

    /// <summary>
    /// Somebody pressed a button for hold-ups that is wired to the panel, or gave it a code under duress. It stands here and not in the panel's own stream: whoever forces a person to give a code
    /// may be one who reads of the panel.
    /// </summary>
    /// <param name="Zone">Of the button; of a code under duress the user's number.</param>
    /// <param name="SentAt">By the panel's clock, whole seconds; null when it said none.</param>
    [EventName("panic.wired.v1")]
    public sealed record Wired(Guid VenueId, Guid PanelId, int Zone, DateTimeOffset? SentAt, DateTimeOffset ReceivedAt) : PanicEvent(VenueId);
}

public abstract record PanicCommand
{
    public sealed record Press(Guid VenueId, Guid PressId, Guid By, PanicWay Way, PanicGesture Gesture, DateTimeOffset At) : PanicCommand;

    public sealed record Wire(Guid VenueId, Guid PanelId, int Zone, DateTimeOffset? SentAt, DateTimeOffset ReceivedAt) : PanicCommand;
}

/// <summary>
/// The button with which staff of a venue call police. It is never refused for having been pressed too often: whoever misuses it is found in the
/// record, and whoever is in danger is heard. Only what a trembling hand does, a second press at once, is the same press. A panel may never say that a call is over, so that is not waited for.
/// </summary>
public sealed record PanicButton(IReadOnlyList<PanicEvent> Newest)
{
    /// <summary>Within so long another press of the same person is the same call; a clock that was set back swallows no later one.</summary>
    public static readonly TimeSpan SamePress = TimeSpan.FromSeconds(30);

    /// <summary>Within so long the same button of a panel says the same once more.</summary>
    public static readonly TimeSpan SameWire = TimeSpan.FromMinutes(1);

    public static readonly Decider<PanicButton, PanicCommand, PanicEvent> Decider = new("panic", new PanicButton([]), Decide, Evolve);

    /// <summary>Of the alert that a press raises.</summary>
    public static Guid AlertOf(Guid pressId) => EventIds.From(pressId, "alert");

    /// <summary>A panel's call has no id of its own: panel, zone and instant are one.</summary>
    public static Guid AlertOf(PanicEvent call) => call switch
    {
        PanicEvent.Pressed f => AlertOf(f.PressId),
        PanicEvent.Wired f => EventIds.From(f.PanelId, $"panic/{f.Zone}/{f.ReceivedAt:O}"),
        _ => throw new UnreachableException(),
    };

    static Decision<PanicEvent> Decide(PanicButton state, PanicCommand command) => command switch
    {
        PanicCommand.Press { PressId: var id } when id == Guid.Empty => new Refusal("panic.press-unnamed", "A press has an id that the page made.", "pressId"),
        PanicCommand.Press p => state.Newest.OfType<PanicEvent.Pressed>().Any(n => n.PressId == p.PressId || (n.By == p.By && (p.At - n.At).Duration() < SamePress))
            ? [] : [new PanicEvent.Pressed(p.VenueId, p.PressId, p.By, p.Way, p.Gesture, p.At)],
        PanicCommand.Wire w => state.Newest.OfType<PanicEvent.Wired>().Any(n => (n.PanelId, n.Zone) == (w.PanelId, w.Zone) && (w.ReceivedAt - n.ReceivedAt).Duration() < SameWire)
            ? [] : [new PanicEvent.Wired(w.VenueId, w.PanelId, w.Zone, w.SentAt, w.ReceivedAt)],
        _ => throw new UnreachableException(),
    };

    /// <summary>Of each person and each button the newest is enough.</summary>
    static PanicButton Evolve(PanicButton state, PanicEvent fact) => new([.. state.Newest.Where(n => Caller(n) != Caller(fact)), fact]);

    static (Guid, int?) Caller(PanicEvent call) => call switch
    {
        PanicEvent.Pressed f => (f.By, null),
        PanicEvent.Wired f => (f.PanelId, f.Zone),
        _ => throw new UnreachableException(),
    };
}

/// <summary>What a page of the portal sends.</summary>
public sealed record PanicForm(Guid PressId, PanicGesture Gesture);

/// <summary>What the page of a guard sends, with what his check-in gave him.</summary>
public sealed record GuardPanicForm(string Pass, Guid GuardId, Guid Handset, Guid PressId, PanicGesture Gesture)
{
    public override string ToString() => $"press {PressId}";
}

/// <summary>The button of one venue as those who answer for it, police and oversight read it: who pressed, and what came of it. The venue reads of others, and of devices, once it is over.</summary>
/// <param name="Days">So many days the counts go back.</param>
/// <param name="Confirmed">Where a person confirmed that there was something.</param>
/// <param name="FoundNone">Where a person found that there was nothing: what misuse is counted by.</param>
public sealed record PanicShown(int Days, int Pressed, int Confirmed, int FoundNone, IReadOnlyList<PanicPress> Presses);

/// <param name="AlertId">That it raised: two presses may have one instant.</param>
/// <param name="Name">Told only to those who answer for the venue; null where the person was forgotten, or a device called.</param>
/// <param name="Number">Of the zone, or under which a guard checks in.</param>
/// <param name="Judgement">Null while the incident is open, or where nobody said anything; none without a reason where somebody went there and found nothing.</param>
public sealed record PanicPress(Guid AlertId, DateTimeOffset At, PanicWay Way, string? Name, int? Number, AlertJudgement? Judgement)
{
    [JsonIgnore]
    public bool IsFoundNone => Judgement is { IsConfirmed: false };
}
