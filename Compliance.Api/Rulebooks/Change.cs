using Compliance.Api.Entrance;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Rulebooks;

/// <summary>A text that is to become a version.</summary>
sealed record DraftText(string Text);

/// <summary>The draft an officer read and wants to be law.</summary>
sealed record DraftRead(string Version, string Hash);

/// <summary>The last day of a version, and why.</summary>
sealed record LastDay(string Version, DateOnly Until, string Reason);

/// <summary>The licensing authority writes a draft, publishes it, or ends a version; the clock is the house's.</summary>
static class Change
{
    public static Task<Answer> Draft(string rulebookId, DraftText body, Knock knock) => Send(rulebookId, knock, new RulebookCommand.Draft(rulebookId, body.Text));

    public static Task<Answer> Publish(string rulebookId, DraftRead body, Knock knock, TimeProvider clock) =>
        Send(rulebookId, knock, new RulebookCommand.Publish(body.Version, body.Hash, clock.GetUtcNow()));

    public static Task<Answer> Retire(string rulebookId, LastDay body, Knock knock, TimeProvider clock) =>
        Send(rulebookId, knock, new RulebookCommand.Retire(body.Version, body.Until, body.Reason, clock.GetUtcNow()));

    static Task<Answer> Send(string rulebook, Knock knock, RulebookCommand command) =>
        knock.Send(RulebookVersions.Decider, RulebookVersions.IdOf(rulebook), command);
}
