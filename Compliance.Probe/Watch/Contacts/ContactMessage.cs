using System.Text.Json;
using Compliance.Domain.Contacts;

namespace Compliance.Probe.Watch.Contacts;

/// <summary>
/// What a contact says by MQTT: <c>{"state":"free","seq":17,"at":"2026-06-01T22:00:00Z"}</c>. <c>free</c>, <c>locked</c> or <c>blocked</c>;
/// <c>offline</c> is its last will. The number grows with each message and begins anew with the sensor.
/// </summary>
/// <param name="At">By the sensor's own clock; null when it has none.</param>
internal sealed record ContactMessage(ContactState State, uint Sequence, DateTimeOffset? At)
{
    public const int Longest = 1_024;

    static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 2 };

    /// <summary>Null for what is not such a message.</summary>
    public static ContactMessage? Read(ReadOnlyMemory<byte> payload)
    {
        if (payload.Length is 0 or > Longest) return null;
        try
        {
            using var document = JsonDocument.Parse(payload, Shallow);
            var said = document.RootElement;
            if (said.ValueKind != JsonValueKind.Object || !said.TryGetProperty("state", out var word) || word.ValueKind != JsonValueKind.String || StateOf(word.GetString()) is not { } state) return null;
            if (state == ContactState.Silent) return new(state, 0, null);
            if (!said.TryGetProperty("seq", out var number) || number.ValueKind != JsonValueKind.Number || !number.TryGetUInt32(out var sequence)) return null;
            return new(state, sequence, said.TryGetProperty("at", out var at) && at.ValueKind == JsonValueKind.String && at.TryGetDateTimeOffset(out var instant) ? instant : null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a letter (a broken surrogate) reads as JSON and not as text.
            return null;
        }
    }

    static ContactState? StateOf(string? word) => word switch
    {
        "free" => ContactState.Free,
        "locked" => ContactState.Locked,
        "blocked" => ContactState.Blocked,
        "offline" => ContactState.Silent,
        _ => null,
    };
}

/// <summary>What of one contact's messages is believed.</summary>
internal sealed class ContactEar
{
    /// <summary>A message the broker kept says how the door stood; only its own time says whether it still does.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(90), Ahead = TimeSpan.FromSeconds(20);

    uint? _last;

    /// <param name="isRetained">The broker kept it: it was not said now.</param>
    /// <returns>Null for what is old.</returns>
    public ContactState? Hear(ContactMessage message, bool isRetained, DateTimeOffset now)
    {
        if (message.State == ContactState.Silent) return isRetained ? null : ContactState.Silent;
        if (isRetained && !(message.At > now - Fresh && message.At < now + Ahead)) return null;
        if (message.Sequence > 1 && message.Sequence <= _last) return null;
        _last = message.Sequence;
        return message.State;
    }
}
