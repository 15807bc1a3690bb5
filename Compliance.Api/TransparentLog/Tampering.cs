using System.Text.Json.Serialization;

namespace Compliance.Api.TransparentLog;

/// <summary>What was done to a log.</summary>
[JsonConverter(typeof(JsonStringEnumConverter))]
enum Tampering
{
    /// <summary>The words of a fact are not those that were signed.</summary>
    Payload,

    /// <summary>Who, when, which stream, revision, name, id or position is not what was signed; the words are.</summary>
    Metadata,

    /// <summary>Facts stand in another order.</summary>
    Order,

    /// <summary>A fact that was signed is not there.</summary>
    Missing,

    /// <summary>A fact stands there that nobody signed, or one that was signed stands there again.</summary>
    Inserted,

    /// <summary>Another fact stands in the place of one that was signed.</summary>
    Replaced,

    /// <summary>A row is no fact at all.</summary>
    Damaged,

    /// <summary>A head is not signed by the log's key, or two heads contradict each other.</summary>
    Head,

    /// <summary>The log, or its head, is an older one than was known before.</summary>
    RolledBack,

    /// <summary>The facts are those that were signed; the tree beside them was changed.</summary>
    Tree,

    /// <summary>Nothing that could be checked differs, and not all of it could be: salts did not come along, or were taken out.</summary>
    Unchecked,

    /// <summary>Some fact within a stretch does not fit; which one cannot be told without the tree that was signed.</summary>
    Unclear,
}

/// <summary>The first thing about a log that does not fit.</summary>
/// <param name="Leaf">Its place, from 0; null where it is not one place.</param>
/// <param name="What">What differs, in a sentence.</param>
/// <param name="How">How that is known.</param>
sealed record Unfit(
    Tampering Is, long? Leaf, string? Position, string? Stream, long? Revision, string? Name, DateTimeOffset? RecordedAt, string What, string How);
