using Compliance.Domain.Kernel;

namespace Compliance.Domain.Panels;

/// <summary>One panel as its page shows it: what is held of it, what holds there since when, and how its tests went. A call for help is none of it: whoever gave a code under duress may stand beside whoever reads here.</summary>
/// <param name="Revision">Of the panel's stream: the ETag a change must name.</param>
/// <param name="LinkSince">Since when it has been heard, or not.</param>
/// <param name="Held">What holds now, the latest first; fires are among it.</param>
/// <param name="LastTest">The test that was closed last.</param>
/// <param name="PassedAt">When a test was passed last.</param>
public sealed record PanelCard(
    Guid PanelId, Guid VenueId, Panel.Live State, long Revision, DateTimeOffset? LinkSince, IReadOnlyList<HeldCondition> Held, ClosedTest? LastTest, DateTimeOffset? PassedAt)
{
    public static readonly View<PanelCard> View = new(
        "panel-card", 5, fact => (fact as PanelEvent)?.PanelId, Apply, card => card.VenueId, card => $"{card.VenueId:N}{card.PanelId:N}");

    static PanelCard? Apply(PanelCard? card, object fact, Recorded recorded)
    {
        var of = (PanelEvent)fact;
        if (Panel.Evolve(card?.State ?? Panel.Decider.Initial, of) is not Panel.Live live) return card;
        card ??= new(of.PanelId, of.VenueId, live, 0, null, [], null, null);
        var next = of switch
        {
            PanelEvent.LinkChanged f => card with { LinkSince = f.Since },
            PanelEvent.FireRaised f => card.With(new(PanelSignal.Fire, f.Zone, f.ReceivedAt)),
            PanelEvent.FireRestored f => card.Without(PanelSignal.Fire, f.Zone),
            PanelEvent.ConditionBegan f => card.With(new(f.Signal, f.Zone, f.ReceivedAt)),
            PanelEvent.ConditionEnded f => card.Without(f.Signal, f.Zone),
            PanelEvent.TestClosed f => card with
            {
                LastTest = new(f.TestId, f.Passed, f.Missing, f.At, card.State.Test?.AskedZone ?? 0, card.State.Test?.Trials ?? []),
                PassedAt = f.Passed ? f.At : card.PassedAt,
            },
            _ => card,
        };
        return next with { State = live, Revision = recorded.Revision };
    }

    PanelCard With(HeldCondition condition) => this with { Held = [condition, .. Held.Where(h => (h.Signal, h.Zone) != (condition.Signal, condition.Zone))] };

    PanelCard Without(PanelSignal signal, int zone) => this with { Held = [.. Held.Where(h => (h.Signal, h.Zone) != (signal, zone))] };
}

/// <summary>Something that holds at a panel, and since when.</summary>
public sealed record HeldCondition(PanelSignal Signal, int Zone, DateTimeOffset Since);

/// <summary>How a test went.</summary>
public sealed record ClosedTest(Guid TestId, bool Passed, IReadOnlyList<int> Missing, DateTimeOffset At, int AskedZone, IReadOnlyList<ZoneTrial> Trials);
