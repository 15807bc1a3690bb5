using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Reports;

/// <summary>
/// The facts a report rests on, as data for a machine: <c>facts.json</c> inside the PDF. Members stand in a fixed order and
/// <c>data</c> is what the log holds, byte for byte (but for the camera addresses that the reader may not see), so the same report
/// always carries the same text.
/// </summary>
static class FactsJson
{
    public const string FileName = "facts.json";

    public static string Write(AuditReport report)
    {
        var (audit, buffer) = (report.Audit, new ArrayBufferWriter<byte>());
        using var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("document", report.DocumentId);
        json.WriteString("formula", audit.Formula);
        json.WriteString("venueId", audit.VenueId);
        json.WriteString("from", Utc(audit.Period.From));
        json.WriteString("to", Utc(audit.Period.To));
        json.WriteString("position", audit.Position.ToString());
        json.WriteStartArray("facts");
        foreach (var fact in audit.Facts) Fact(json, report.NumberOf(fact.EventId), fact);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The facts of any other document: numbered as they stand.</summary>
    public static string Write(Guid document, string formula, IReadOnlyList<Recorded> facts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("document", document);
        json.WriteString("formula", formula);
        json.WriteStartArray("facts");
        for (var i = 0; i < facts.Count; i++) Fact(json, i + 1, facts[i]);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void Fact(Utf8JsonWriter json, int number, Recorded fact)
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
        json.WritePropertyName("data");
        json.WriteRawValue(fact.Data.Span);
        json.WriteEndObject();
    }

    static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
