using System.Text.Json.Serialization;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Rulebooks;

/// <summary>By whose word something is known, the weakest first: the register's, the owner's own check, an inspector's, the telemetry's.</summary>
public enum Provenance { Registered, Owner, Inspector, Measured }

/// <summary>What is known of one attribute, and by which fact of the log (null: it follows from the clock).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Flag), "flag")]
[JsonDerivedType(typeof(Number), "number")]
[JsonDerivedType(typeof(Text), "text")]
[JsonDerivedType(typeof(Texts), "texts")]
[JsonDerivedType(typeof(Instant), "instant")]
public abstract record Known(Guid? By)
{
    [JsonIgnore]
    public Provenance From { get; init; }

    public sealed record Flag(bool Value, Guid? By = null) : Known(By);
    public sealed record Number(decimal Value, Guid? By = null) : Known(By);
    public sealed record Text(string Value, Guid? By = null) : Known(By);
    public sealed record Texts(IReadOnlyList<string> Value, Guid? By = null) : Known(By);
    public sealed record Instant(DateTimeOffset Value, Guid? By = null) : Known(By);

    /// <summary>What was held true of a device over time, without gaps. It is measured and nothing else, so it has no written form.</summary>
    public sealed record Line(IReadOnlyList<Stretch> Value, Guid? By = null) : Known(By)
    {
        /// <summary>The same time by the formula of availability: what was owed, and in whose hands a failure lay. Null where nobody attributed it.</summary>
        public IReadOnlyList<Piece>? Attributed { get; init; }
    }
}

/// <summary>One thing of a venue (a camera, an exit, a guard's shift) and what is known of it. An attribute that is missing is unknown.</summary>
/// <param name="Label">What people call it: the place of a camera, the name of a door.</param>
public sealed record Thing(string Kind, string Id, string Label, IReadOnlyDictionary<string, Known> Attributes)
{
    public Known? this[string attribute] => Attributes.GetValueOrDefault(attribute);
}

/// <summary>All that is known of one venue at one instant: the only thing rules are asked of.</summary>
/// <param name="Complete">Kinds whose things are all listed: an absent one does not exist. Of other kinds nobody knows how many there are.</param>
/// <param name="OpeningHours">Those of the past too: each instant is asked by the hours that held then.</param>
public sealed record VenueFacts(
    Guid VenueId, DateTimeOffset At, Thing Venue, IReadOnlyDictionary<string, IReadOnlyList<Thing>> Things,
    IReadOnlySet<string> Complete, OpeningWeeks OpeningHours)
{
    /// <summary>Kinds that this record lists by itself though no register does: nobody is asked which there are.</summary>
    public IReadOnlySet<string> Kept { get; init; } = new HashSet<string>();

    public IReadOnlyList<Thing> Of(string kind) => Things.GetValueOrDefault(kind) ?? [];
}
