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

/// <summary>One fact as data for a machine, with what its leaf is computed from: a line of <c>events.jsonl</c>, an element of <c>facts.json</c>. Canonical JSON (RFC 8785).</summary>
public static class FactLine
{
    /// <summary>One line, without its newline.</summary>
    public static byte[] Of(Recorded fact, LeafKey? leaf)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) Write(json, null, fact, leaf);
        return CanonicalJson.Of(buffer.WrittenMemory);
    }

    /// <exception cref="JsonException">It is not a fact in canonical form; the message says why.</exception>
    public static (Recorded Fact, LeafKey? Leaf) Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            if (!CanonicalJson.Of(line).AsSpan().SequenceEqual(line.Span)) throw new JsonException("It is not canonical JSON (RFC 8785).");
            using var document = JsonDocument.Parse(line);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new JsonException($"It does not have the shape of a fact: {e.Message}");
        }
    }

    /// <param name="number">Its place in a document, from 1; null where facts are not numbered.</param>
    internal static void Write(Utf8JsonWriter json, int? number, Recorded fact, LeafKey? leaf)
    {
        json.WriteStartObject();
        if (number is { } n) json.WriteNumber("number", n);
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

    internal static (Recorded Fact, LeafKey? Leaf) Read(JsonElement f)
    {
        var data = f.GetProperty("data");
        byte[] shown = Encoding.UTF8.GetBytes(data.GetRawText()), stored = f.TryGetProperty("stored", out var text) ? Encoding.UTF8.GetBytes(Text(text, "stored")) : shown;
        if (!CanonicalJson.Of(stored).AsSpan().SequenceEqual(shown)) throw new JsonException($"What fact {f.GetProperty("eventId").GetGuid()} shows is not what it says the log holds.");
        var fact = new Recorded(
            StreamId.Parse(Text(f.GetProperty("stream"), "stream")) ?? throw new JsonException("A stream has no name of ours."), f.GetProperty("revision").GetInt64(),
            LogPosition.Parse(Text(f.GetProperty("position"), "position"), CultureInfo.InvariantCulture), f.GetProperty("eventId").GetGuid(), Text(f.GetProperty("name"), "name"),
            stored, f.GetProperty("recordedAt").GetDateTimeOffset(), new(f.GetProperty("command").GetGuid(), Text(f.GetProperty("actor"), "actor")));
        if (!f.TryGetProperty("leaf", out var leaf)) return (fact, null);
        return f.TryGetProperty("salt", out var salt) && Convert.FromHexString(Text(salt, "salt")) is var bytes
            ? (fact, new(leaf.GetInt64(), bytes, LogEntry.Commit(bytes, stored)))
            : (fact, new(leaf.GetInt64(), null, Convert.FromHexString(Text(f.GetProperty("commitment"), "commitment"))));
    }

    /// <exception cref="JsonException">It is null.</exception>
    internal static string Text(JsonElement text, string name) => text.GetString() ?? throw new JsonException($"Its {name} is missing.");

    internal static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
