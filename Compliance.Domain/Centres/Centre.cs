using System.Diagnostics;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Centres;

/// <summary>Facts about one control centre whose machines read our incidents and bring us complaints. What it signs in with stands at the issuer.</summary>
public abstract record CentreEvent(Guid CentreId)
{
    /// <param name="Name">Of the office, never of a person.</param>
    [EventName("centre.admitted.v1")]
    public sealed record Admitted(Guid CentreId, string Name, DateTimeOffset At) : CentreEvent(CentreId);

    [EventName("centre.key-changed.v1")]
    public sealed record KeyChanged(Guid CentreId, DateTimeOffset At) : CentreEvent(CentreId);

    /// <summary>Its machines are out with their next knock, for good.</summary>
    [EventName("centre.dismissed.v1")]
    public sealed record Dismissed(Guid CentreId, DateTimeOffset At) : CentreEvent(CentreId);
}

public abstract record CentreCommand
{
    public sealed record Admit(Guid CentreId, string Name, DateTimeOffset At) : CentreCommand;
    public sealed record ChangeKey(DateTimeOffset At) : CentreCommand;
    public sealed record Dismiss(DateTimeOffset At) : CentreCommand;
}

/// <summary>A control centre is admitted once, may get another secret, and is dismissed for good: whoever comes back is another one.</summary>
public abstract record Centre
{
    public const int LongestName = 80;

    public sealed record Unknown : Centre;
    /// <param name="KeyAt">Since when it has the secret that opens.</param>
    public sealed record Known(CentreEvent.Admitted Card, DateTimeOffset KeyAt) : Centre;
    public sealed record Gone(CentreEvent.Admitted Card) : Centre;

    public static readonly Decider<Centre, CentreCommand, CentreEvent> Decider = new("centre", new Unknown(), Decide, Evolve);

    static Decision<CentreEvent> Decide(Centre state, CentreCommand command) => (state, command) switch
    {
        (_, CentreCommand.Admit { Name: var name }) when string.IsNullOrWhiteSpace(name) || name.Trim().Length > LongestName => new Refusal("centre.name-missing", "Name the control centre, in at most 80 characters.", "name"),
        (Unknown, CentreCommand.Admit a) => [new CentreEvent.Admitted(a.CentreId, a.Name.Trim(), a.At)],
        (Known { Card: var card }, CentreCommand.Admit a) => card.Name == a.Name.Trim() ? [] : new Refusal("centre.known", "Another control centre has this id."),
        (Unknown, _) => new Refusal("centre.unknown", "There is no such control centre."),
        (Known { Card.CentreId: var id }, CentreCommand.ChangeKey(var at)) => ((Known)state).KeyAt == at ? [] : [new CentreEvent.KeyChanged(id, at)],
        (Known { Card.CentreId: var id }, CentreCommand.Dismiss(var at)) => [new CentreEvent.Dismissed(id, at)],
        (Gone, CentreCommand.Dismiss) => [],
        (Gone, _) => new Refusal("centre.dismissed", "This control centre was dismissed; admit it anew."),
        _ => throw new UnreachableException(),
    };

    static Centre Evolve(Centre state, CentreEvent fact) => (state, fact) switch
    {
        (_, CentreEvent.Admitted card) => new Known(card, card.At),
        (Known known, CentreEvent.KeyChanged f) => known with { KeyAt = f.At },
        (Known known, CentreEvent.Dismissed) => new Gone(known.Card),
        _ => state,
    };
}

/// <summary>One control centre as lists show it, the newest first.</summary>
/// <param name="KeyAt">Since when it has the secret that opens.</param>
public sealed record CentreRow(Guid CentreId, string Name, DateTimeOffset AdmittedAt, DateTimeOffset KeyAt, DateTimeOffset? DismissedAt)
{
    public static readonly View<CentreRow> View = new(
        "centre-list", 1, fact => (fact as CentreEvent)?.CentreId, Apply, _ => null, row => ViewOrder.NewestFirst(row.AdmittedAt));

    static CentreRow? Apply(CentreRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (_, CentreEvent.Admitted f) => new(f.CentreId, f.Name, f.At, f.At, null),
        ({ }, CentreEvent.KeyChanged f) => row with { KeyAt = f.At },
        ({ }, CentreEvent.Dismissed f) => row with { DismissedAt = f.At },
        _ => row,
    };
}

/// <summary>What an administrator says of a control centre.</summary>
public sealed record CentreForm(string Name);

/// <summary>What its machines sign in with (OAuth 2.0 client credentials, RFC 6749 section 4.4); shown once.</summary>
/// <param name="Secret">Null where the centre stands already and keeps the one it has.</param>
public sealed record CentreSecret(Guid CentreId, string ClientId, string? Secret)
{
    /// <summary>Where a secret is, it is not printed by accident.</summary>
    public override string ToString() => ClientId;
}
