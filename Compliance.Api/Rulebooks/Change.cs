using System.Text.Json;
using System.Text.Json.Serialization;
using Compliance.Api.Entrance;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Rulebooks;

/// <summary>A text that is to become a version.</summary>
sealed record DraftText([property: JsonConverter(typeof(WholeText))] string Text);

/// <summary>A rulebook is longer than other doors' texts may be; the rulebook itself says how long.</summary>
sealed class WholeText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

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
