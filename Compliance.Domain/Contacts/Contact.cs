using System.Diagnostics;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Domain.Contacts;

/// <summary>Facts about the contact of one exit. It bears the id of the exit in the register.</summary>
public abstract record ContactEvent(Guid DeviceId, Guid VenueId)
{
    /// <param name="Address">By MQTT its topic; of a camera's input <c>camera id/token of the input</c>.</param>
    [EventName("contact.fitted.v1")]
    public sealed record Fitted(Guid DeviceId, Guid VenueId, ContactSource Source, string Address) : ContactEvent(DeviceId, VenueId);

    /// <summary>From now on it speaks through this probe, whose silence counts.</summary>
    /// <param name="From">Through which it spoke before; null the first time.</param>
    [EventName("contact.taken.v1")]
    public sealed record Taken(Guid DeviceId, Guid VenueId, Guid ProbeId, Guid? From, DateTimeOffset At) : ContactEvent(DeviceId, VenueId);

    /// <param name="Since">When it turned, or was heard last.</param>
    [EventName("contact.turned.v1")]
    public sealed record Turned(Guid DeviceId, Guid VenueId, ContactState From, ContactState To, DateTimeOffset Since, DateTimeOffset ObservedAt) : ContactEvent(DeviceId, VenueId);

    /// <summary>What follows for the exit as a device turned: a door that is locked while nobody is inside harms nobody.</summary>
    [EventName("contact.worth-changed.v1")]
    public sealed record WorthChanged(Guid DeviceId, Guid VenueId, Verdict From, Verdict To, string Detail, DateTimeOffset Since, DateTimeOffset ObservedAt) : ContactEvent(DeviceId, VenueId);
}

public abstract record ContactCommand
{
    public sealed record Fit(Guid DeviceId, Guid VenueId, ContactSource Source, string Address) : ContactCommand;

    /// <param name="OpenSince">Since when the venue has been open; null while it is not.</param>
    public sealed record Report(ContactState State, DateTimeOffset Since, DateTimeOffset ObservedAt, DateTimeOffset? OpenSince, Hearing? By = null) : ContactCommand;

    /// <summary>A probe hears it, and its holder does not or is gone.</summary>
    public sealed record Take(Hearing By, DateTimeOffset Now) : ContactCommand;

    /// <summary>What the metronome asks: has a door been locked too long in opening hours, have these ended?</summary>
    /// <param name="IsWatched">Some probe of the venue is heard; else nobody knows of the contact.</param>
    public sealed record Assess(DateTimeOffset Now, DateTimeOffset? OpenSince, bool IsWatched) : ContactCommand;
}

/// <summary>A contact is fitted to an exit, and turns.</summary>
public abstract record Contact
{
    /// <summary>So long may a door be locked or blocked in opening hours: deliveries, a guest who leans on it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    const int LongestAddress = 200;

    public sealed record Unknown : Contact;

    public sealed record Live(ContactEvent.Fitted Card, ContactState State, DateTimeOffset Since, Verdict Worth, DateTimeOffset ObservedAt) : Contact
    {
        /// <summary>Through which probe it speaks; null before any heard it.</summary>
        public Guid? Holder { get; init; }

        /// <summary>What the exit is worth as a device, why, and since when.</summary>
        public (Verdict Verdict, string Detail, DateTimeOffset Since) WorthOf(DateTimeOffset now, DateTimeOffset? openSince, bool isWatched)
        {
            if (!isWatched || State == ContactState.Silent) return (Verdict.Unknown, Detail.Of(Reason.ContactSilent), Since);
            if (State == ContactState.Free) return (Verdict.Clear, Detail.Of(Reason.ContactFree), Since);
            if (openSince is not { } opened) return (Verdict.OutOfHours, Detail.Of(Reason.LockedOutOfHours), now);
            var began = Since > opened ? Since : opened;
            var (verdict, why) = State == ContactState.Locked ? (Verdict.Locked, Reason.ContactLocked) : (Verdict.Blocked, Reason.ContactBlocked);
            return now - began > Patience || Worth.Availability() == Availability.Down ? (verdict, Detail.Of(why), began) : (Worth, "", began);
        }
    }

    public static readonly Decider<Contact, ContactCommand, ContactEvent> Decider = new("contact", new Unknown(), Decide, Evolve);

    static Decision<ContactEvent> Decide(Contact state, ContactCommand command) => (state, command) switch
    {
        (_, ContactCommand.Fit { Address: { Length: 0 or > LongestAddress } }) or (_, ContactCommand.Fit { Source: ContactSource.Mqtt, Address: "#" or "+" }) => Malformed,
        (_, ContactCommand.Fit(_, _, ContactSource.Mqtt, var topic)) when topic.AsSpan().ContainsAny("#+\0") => Malformed,
        (_, ContactCommand.Fit(_, _, ContactSource.DigitalInput, var place)) when place.Split('/') is not [var camera, { Length: > 0 }] || !Guid.TryParse(camera, out _) => Malformed,
        (Unknown, ContactCommand.Fit fit) => [new ContactEvent.Fitted(fit.DeviceId, fit.VenueId, fit.Source, fit.Address)],
        (Live live, ContactCommand.Fit fit) => new ContactEvent.Fitted(fit.DeviceId, fit.VenueId, fit.Source, fit.Address) is var card && live.Card == card ? [] : [card],
        (Unknown, _) => new Refusal("contact.unknown", "No contact is fitted to this exit."),
        (Live live, ContactCommand.Report { State: ContactState.Silent, By: { } by } silent) when by.AfterSilence(live.Holder) is var next && next != by.Probe =>
            next is null ? Hearing.HeardElsewhere : [.. Goes(live, next, silent.ObservedAt)],
        (Live live, ContactCommand.Report report) => Report(live, report),
        (Live live, ContactCommand.Take take) => [.. Goes(live, take.By.AfterHeard(live.Holder), take.Now)],
        (Live live, ContactCommand.Assess(var now, var open, var isWatched)) => Settle(live, [], now, open, isWatched),
        _ => throw new UnreachableException(),
    };

    static readonly Refusal Malformed = new("contact.address-malformed", "By MQTT a contact has a topic without wildcards; at a camera its id and the token of the input, with a slash between.", "address");

    /// <summary>What was observed before what is known came late, and changes nothing.</summary>
    static Decision<ContactEvent> Report(Live live, ContactCommand.Report r)
    {
        if (r.ObservedAt < live.ObservedAt) return [];
        var goes = Goes(live, r.State == ContactState.Silent ? r.By?.Probe : r.By?.AfterHeard(live.Holder), r.ObservedAt);
        ContactEvent[] turned = r.State == live.State ? goes
            : [.. goes, new ContactEvent.Turned(live.Card.DeviceId, live.Card.VenueId, live.State, r.State, r.Since < r.ObservedAt ? r.Since : r.ObservedAt, r.ObservedAt)];
        return Settle(live, turned, r.ObservedAt, r.OpenSince, true);
    }

    /// <summary>A change of holder is a fact; that it stays is none.</summary>
    static ContactEvent[] Goes(Live live, Guid? to, DateTimeOffset at) =>
        to is { } probe && probe != live.Holder ? [new ContactEvent.Taken(live.Card.DeviceId, live.Card.VenueId, probe, live.Holder, at)] : [];

    static Decision<ContactEvent> Settle(Live live, ContactEvent[] facts, DateTimeOffset now, DateTimeOffset? openSince, bool isWatched)
    {
        var after = facts.Aggregate((Contact)live, Evolve) is Live next ? next : live;
        var (verdict, detail, since) = after.WorthOf(now, openSince, isWatched);
        return verdict == live.Worth ? new(facts, null)
            : [.. facts, new ContactEvent.WorthChanged(live.Card.DeviceId, live.Card.VenueId, live.Worth, verdict, detail, since < now ? since : now, now)];
    }

    internal static Contact Evolve(Contact state, ContactEvent fact) => (state, fact) switch
    {
        (Unknown, ContactEvent.Fitted f) => new Live(f, ContactState.Silent, DateTimeOffset.MinValue, Verdict.Unknown, DateTimeOffset.MinValue),
        (Live live, ContactEvent.Fitted f) => live with { Card = f, State = ContactState.Silent },
        (Live live, ContactEvent.Taken f) => live with { Holder = f.ProbeId },
        (Live live, ContactEvent.Turned f) => live with { State = f.To, Since = f.Since, ObservedAt = f.ObservedAt },
        (Live live, ContactEvent.WorthChanged f) => live with { Worth = f.To },
        _ => state,
    };
}
