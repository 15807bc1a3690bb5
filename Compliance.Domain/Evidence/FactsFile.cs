using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;

namespace Compliance.Domain.Evidence;

/// <summary>Where one fact of a document stands in the transparent log, and what a reader needs to compute its leaf.</summary>
/// <param name="Salt">Where the fact is shown whole: its commitment is computed from its data. Else null.</param>
/// <param name="Commitment">Where the fact is shown in part: the commitment to what the log holds.</param>
public sealed record LeafKey(long Leaf, byte[]? Salt, byte[] Commitment);

/// <summary>That the facts of a document stand in the transparent log.</summary>
/// <param name="LogKey">The key of the log, a vkey.</param>
/// <param name="Size">Of the tree whose head the document carries.</param>
/// <param name="Leaves">By event id.</param>
/// <param name="Path">For all facts together, as <see cref="Proofs.IncludesAll"/> takes it.</param>
public sealed record FactsProof(string LogKey, long Size, IReadOnlyDictionary<Guid, LeafKey> Leaves, IReadOnlyList<TreeHash> Path);

/// <summary>
/// The facts a document rests on and every figure it prints, as data for a machine: <c>facts.json</c> inside the PDF, canonical JSON (RFC 8785). With it
/// anybody computes the figures again, without the server.
/// </summary>
/// <param name="Document">The document's id.</param>
/// <param name="Formula">By which rule the document follows from the facts.</param>
/// <param name="Facts">In the order of their numbers, which begin at 1.</param>
public sealed record FactsFile(Guid Document, string Formula, IReadOnlyList<Recorded> Facts)
{
    /// <summary>Its name among the attachments.</summary>
    public const string Name = "facts.json";

    public Guid? VenueId { get; init; }

    public Period? Period { get; init; }

    /// <summary>How far the log had been read.</summary>
    public LogPosition? Position { get; init; }

    /// <summary>Every number the document prints, by name. Durations are in seconds.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>Null where the log had not signed them yet.</summary>
    public FactsProof? Proof { get; init; }

    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("document", Document);
            json.WriteString("formula", Formula);
            if (VenueId is { } venue) json.WriteString("venueId", venue);
            if (Period is { } period)
            {
                json.WriteString("from", Utc(period.From));
                json.WriteString("to", Utc(period.To));
            }

            if (Position is { } position) json.WriteString("position", position.ToString());
            json.WriteStartObject("figures");
            foreach (var (name, value) in Figures) json.WriteNumber(name, value);
            json.WriteEndObject();
            if (Proof is not null)
            {
                json.WriteStartObject("log");
                json.WriteString("key", Proof.LogKey);
                json.WriteNumber("size", Proof.Size);
                json.WriteStartArray("path");
                foreach (var hash in Proof.Path) json.WriteStringValue(hash.ToString());
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteStartArray("facts");
            for (var i = 0; i < Facts.Count; i++) Write(json, i + 1, Facts[i], Proof?.Leaves.GetValueOrDefault(Facts[i].EventId));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return CanonicalJson.Of(buffer.WrittenMemory);
    }

    /// <exception cref="JsonException">It is not the facts of a document in canonical form; the message says why.</exception>
    public static FactsFile Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            if (!CanonicalJson.Of(json).AsSpan().SequenceEqual(json.Span)) throw new JsonException("It is not canonical JSON (RFC 8785).");
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new JsonException($"It does not have the shape of facts: {e.Message}");
        }
    }

    static void Write(Utf8JsonWriter json, int number, Recorded fact, LeafKey? leaf)
    {
        json.WriteStartObject();
        json.WriteNumber("number", number);
        json.WriteString("eventId", fact.EventId);
        json.WriteString("stream", fact.Stream.ToString());
        json.WriteNumber("revision", fact.Revision);
        json.WriteString("position", fact.Position.ToString());
        json.WriteString("name", fact.Name);
        json.WriteString("recordedAt", Utc(fact.RecordedAt));
        json.WriteString("actor", fact.Origin.Actor);
        json.WriteString("command", fact.Origin.CommandId);
        json.WritePropertyName("data");
        json.WriteRawValue(fact.Data.Span);
        if (leaf is not null)
        {
            json.WriteNumber("leaf", leaf.Leaf);
            if (leaf.Salt is { } salt) json.WriteString("salt", Convert.ToHexStringLower(salt));
            else json.WriteString("commitment", Convert.ToHexStringLower(leaf.Commitment));
        }

        // Where the canonical form is not what the log holds to the byte, that stands beside it.
        if (leaf?.Salt is not null && !CanonicalJson.Of(fact.Data).AsSpan().SequenceEqual(fact.Data.Span)) json.WriteString("stored", Encoding.UTF8.GetString(fact.Data.Span));
        json.WriteEndObject();
    }

    static FactsFile Read(JsonElement root)
    {
        var facts = root.GetProperty("facts").EnumerateArray().Select(ReadFact).ToList();
        if (facts.Select(f => f.Fact.EventId).Distinct().Count() < facts.Count) throw new JsonException("A fact stands twice.");
        FactsProof? proof = null;
        if (root.TryGetProperty("log", out var log))
            proof = new(log.GetProperty("key").GetString()!, log.GetProperty("size").GetInt64(),
                facts.Where(f => f.Leaf is not null).ToDictionary(f => f.Fact.EventId, f => f.Leaf!),
                [.. log.GetProperty("path").EnumerateArray().Select(hash => TreeHash.Parse(hash.GetString()!) ?? throw new JsonException("A hash of the proof is none."))]);
        return new(root.GetProperty("document").GetGuid(), root.GetProperty("formula").GetString()!, [.. facts.Select(f => f.Fact)])
        {
            VenueId = root.TryGetProperty("venueId", out var venue) ? venue.GetGuid() : null,
            Period = root.TryGetProperty("from", out var from) ? new(from.GetDateTimeOffset(), root.GetProperty("to").GetDateTimeOffset()) : null,
            Position = root.TryGetProperty("position", out var position) ? LogPosition.Parse(position.GetString()!, CultureInfo.InvariantCulture) : null,
            Figures = root.GetProperty("figures").EnumerateObject().ToDictionary(f => f.Name, f => f.Value.GetDouble()),
            Proof = proof,
        };
    }

    static (Recorded Fact, LeafKey? Leaf) ReadFact(JsonElement f)
    {
        var data = f.GetProperty("data");
        byte[] shown = Encoding.UTF8.GetBytes(data.GetRawText()), stored = f.TryGetProperty("stored", out var text) ? Encoding.UTF8.GetBytes(text.GetString()!) : shown;
        if (!CanonicalJson.Of(stored).AsSpan().SequenceEqual(shown)) throw new JsonException($"What fact {f.GetProperty("number").GetInt32()} shows is not what it says the log holds.");
        var fact = new Recorded(
            StreamId.Parse(f.GetProperty("stream").GetString()!) ?? throw new JsonException("A stream has no name of ours."), f.GetProperty("revision").GetInt64(),
            LogPosition.Parse(f.GetProperty("position").GetString()!, CultureInfo.InvariantCulture), f.GetProperty("eventId").GetGuid(), f.GetProperty("name").GetString()!,
            stored, f.GetProperty("recordedAt").GetDateTimeOffset(), new(f.GetProperty("command").GetGuid(), f.GetProperty("actor").GetString()!));
        if (!f.TryGetProperty("leaf", out var leaf)) return (fact, null);
        return f.TryGetProperty("salt", out var salt) && Convert.FromHexString(salt.GetString()!) is var bytes
            ? (fact, new(leaf.GetInt64(), bytes, LogEntry.Commit(bytes, stored)))
            : (fact, new(leaf.GetInt64(), null, Convert.FromHexString(f.GetProperty("commitment").GetString()!)));
    }

    static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
