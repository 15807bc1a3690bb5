using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;

namespace Compliance.Domain.Evidence;

/// <summary>That the facts of a document stand in the transparent log.</summary>
/// <param name="LogKey">The key of the log, a vkey.</param>
/// <param name="Size">Of the tree whose head the document carries.</param>
/// <param name="Leaves">By event id.</param>
/// <param name="Path">For all facts together, as <see cref="Proofs.IncludesAll"/> takes it.</param>
public sealed record FactsProof(string LogKey, long Size, IReadOnlyDictionary<Guid, LeafKey> Leaves, IReadOnlyList<TreeHash> Path);

/// <summary>
/// The facts a document rests on and every figure that is computed from them, as data for a machine: <c>facts.json</c> inside the PDF, canonical JSON (RFC 8785). With it
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

    /// <summary>The one thing of the venue it is about: an inspection, an outage, an order. Null where it is the venue itself.</summary>
    public Guid? About { get; init; }

    public Period? Period { get; init; }

    /// <summary>How far the log had been read.</summary>
    public LogPosition? Position { get; init; }

    /// <summary>Every figure of the document that is computed (availability, outages, terms, amounts), by name. Durations and instants are in seconds.</summary>
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
            if (About is { } about) json.WriteString("about", about);
            if (Period is { } period)
            {
                json.WriteString("from", FactLine.Utc(period.From));
                json.WriteString("to", FactLine.Utc(period.To));
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
            for (var i = 0; i < Facts.Count; i++) FactLine.Write(json, i + 1, Facts[i], Proof?.Leaves.GetValueOrDefault(Facts[i].EventId));
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

    static FactsFile Read(JsonElement root)
    {
        var facts = root.GetProperty("facts").EnumerateArray().Select(FactLine.Read).ToList();
        if (facts.Select(f => f.Fact.EventId).Distinct().Count() < facts.Count) throw new JsonException("A fact stands twice.");
        FactsProof? proof = null;
        if (root.TryGetProperty("log", out var log))
            proof = new(FactLine.Text(log.GetProperty("key"), "key"), log.GetProperty("size").GetInt64(),
                facts.Where(f => f.Leaf is not null).ToDictionary(f => f.Fact.EventId, f => f.Leaf!),
                [.. log.GetProperty("path").EnumerateArray().Select(hash => TreeHash.Parse(FactLine.Text(hash, "path")) ?? throw new JsonException("A hash of the proof is none."))]);
        return new(root.GetProperty("document").GetGuid(), FactLine.Text(root.GetProperty("formula"), "formula"), [.. facts.Select(f => f.Fact)])
        {
            VenueId = root.TryGetProperty("venueId", out var venue) ? venue.GetGuid() : null,
            About = root.TryGetProperty("about", out var about) ? about.GetGuid() : null,
            Period = root.TryGetProperty("from", out var from) ? new(from.GetDateTimeOffset(), root.GetProperty("to").GetDateTimeOffset()) : null,
            Position = root.TryGetProperty("position", out var position) ? LogPosition.Parse(FactLine.Text(position, "position"), CultureInfo.InvariantCulture) : null,
            Figures = root.GetProperty("figures").EnumerateObject().ToDictionary(f => f.Name, f => f.Value.GetDouble()),
            Proof = proof,
        };
    }
}
