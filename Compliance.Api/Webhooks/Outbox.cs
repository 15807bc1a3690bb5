using System.Text.Json;
using Compliance.Domain.Kernel;
using Compliance.Domain.Webhooks;
using Microsoft.Data.Sqlite;

namespace Compliance.Api.Webhooks;

/// <summary>A message that is due, with the very bytes it was made with: however often it is sent, it is the same.</summary>
sealed record DueMessage(Guid Id, Guid Receiver, string Url, byte[] Body, int Attempts);

/// <summary>
/// What is to be sent to receivers, beside the log in <c>webhooks.db</c>: who is told of what (as the facts say, in their order), each message with its bytes,
/// and when it is due. Made again from the log when it is lost; what is old by then is not told again.
/// </summary>
sealed class Outbox
{
    readonly SqliteFile _file;
    readonly WebhookRules _rules;
    readonly TimeProvider _clock;

    public Outbox(DataFolder data, WebhookRules rules, TimeProvider clock)
    {
        (_rules, _clock) = (rules, clock);
        IsNew = !File.Exists(data.File("webhooks.db"));
        _file = new(data.File("webhooks.db"));
        _file.Do("""
            PRAGMA journal_mode = WAL;
            CREATE TABLE IF NOT EXISTS receiver (id BLOB PRIMARY KEY, card TEXT NOT NULL, active INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS message (seq INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, receiver BLOB NOT NULL, incident BLOB NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL,
              made INTEGER NOT NULL, state INTEGER NOT NULL, attempts INTEGER NOT NULL, due INTEGER, tried INTEGER, status INTEGER, trouble TEXT);
            CREATE INDEX IF NOT EXISTS message_due ON message (due) WHERE due IS NOT NULL;
            CREATE INDEX IF NOT EXISTS message_receiver ON message (receiver, seq);
            """);
    }

    /// <summary>Whether this file was there when the process began: one that was lost knows nobody, and the log is followed from its beginning.</summary>
    public bool IsNew { get; private set; }

    /// <summary>The log is followed from its beginning: who is told of what follows from it anew.</summary>
    public void Begin()
    {
        _file.Do("DELETE FROM receiver");
        IsNew = false;
    }

    public IReadOnlyList<ReceiverEvent.Registered> Active() =>
        _file.Ask("SELECT card FROM receiver WHERE active = 1", r => JsonSerializer.Deserialize<ReceiverEvent.Registered>(r.GetString(0), EventCatalog.Json)!);

    public void Keep(ReceiverEvent.Registered card) =>
        _file.Do("INSERT OR REPLACE INTO receiver VALUES ($id, $card, 1)", ("$id", card.ReceiverId.ToByteArray()), ("$card", JsonSerializer.Serialize(card, EventCatalog.Json)));

    /// <param name="at">When: only what was made before that waits for nothing any more, so that facts may be followed again.</param>
    public void Switch(Guid receiver, bool on, DateTimeOffset at)
    {
        _file.Do("UPDATE receiver SET active = $on WHERE id = $id", ("$id", receiver.ToByteArray()), ("$on", on ? 1 : 0));
        if (!on)
            _file.Do("UPDATE message SET state = $dead, due = NULL, trouble = $why WHERE receiver = $id AND state = $waiting AND made <= $at",
                ("$id", receiver.ToByteArray()), ("$at", at.UtcTicks), ("$dead", (int)DeliveryState.Dead), ("$waiting", (int)DeliveryState.Waiting), ("$why", $"{DeliveryTrouble.SwitchedOff}"));
    }

    public void Remove(Guid receiver)
    {
        _file.Do("DELETE FROM message WHERE receiver = $id", ("$id", receiver.ToByteArray()));
        _file.Do("DELETE FROM receiver WHERE id = $id", ("$id", receiver.ToByteArray()));
    }

    /// <summary>Put in twice, it is one message.</summary>
    public void Put(Guid id, Guid receiver, Guid incident, WebhookKind kind, byte[] body, DateTimeOffset now) => _file.Do(
        "INSERT OR IGNORE INTO message (id, receiver, incident, kind, body, made, state, attempts, due) VALUES ($id, $receiver, $incident, $kind, $body, $now, 0, 0, $now)",
        ("$id", id.ToByteArray()), ("$receiver", receiver.ToByteArray()), ("$incident", incident.ToByteArray()), ("$kind", $"{kind}"), ("$body", body), ("$now", now.UtcTicks));

    /// <summary>Receivers that are on, and to whom something is due.</summary>
    public IReadOnlyList<Guid> Waiting(DateTimeOffset now) => _file.Ask(
        "SELECT DISTINCT m.receiver FROM message m JOIN receiver r ON r.id = m.receiver WHERE m.due <= $now AND r.active = 1", r => new Guid((byte[])r[0]), ("$now", now.UtcTicks));

    /// <summary>In the order they were made.</summary>
    public IReadOnlyList<DueMessage> Due(Guid receiver, DateTimeOffset now, int most) => _file.Ask(
        "SELECT m.id, m.receiver, r.card, m.body, m.attempts FROM message m JOIN receiver r ON r.id = m.receiver WHERE m.receiver = $id AND m.due <= $now AND r.active = 1 ORDER BY m.seq LIMIT $most",
        r => new DueMessage(new((byte[])r[0]), new((byte[])r[1]), JsonSerializer.Deserialize<ReceiverEvent.Registered>(r.GetString(2), EventCatalog.Json)!.Url, (byte[])r[3], r.GetInt32(4)),
        ("$id", receiver.ToByteArray()), ("$now", now.UtcTicks), ("$most", most));

    public void Arrived(Guid id, int status, DateTimeOffset now) => Tried(id, DeliveryState.Delivered, now, null, status, null);

    /// <param name="due">Null: nobody sends it any more.</param>
    public void Failed(Guid id, DeliveryTrouble trouble, int? status, DateTimeOffset now, DateTimeOffset? due) =>
        Tried(id, due is null ? DeliveryState.Dead : DeliveryState.Waiting, now, due, status, trouble);

    /// <summary>What somebody switched off while it was being sent stays as it is.</summary>
    void Tried(Guid id, DeliveryState state, DateTimeOffset now, DateTimeOffset? due, int? status, DeliveryTrouble? trouble) => _file.Do(
        "UPDATE message SET state = $state, attempts = attempts + 1, tried = $now, due = $due, status = $status, trouble = $trouble WHERE id = $id AND state = 0",
        ("$id", id.ToByteArray()), ("$state", (int)state), ("$now", now.UtcTicks), ("$due", (object?)due?.UtcTicks ?? DBNull.Value), ("$status", (object?)status ?? DBNull.Value), ("$trouble", (object?)trouble?.ToString() ?? DBNull.Value));

    /// <summary>A dead one is due at once, with all its attempts before it. False where there is none such.</summary>
    public bool Again(Guid receiver, Guid id, DateTimeOffset now) => _file.Do(
        "UPDATE message SET state = 0, attempts = 0, due = $now WHERE id = $id AND receiver = $receiver AND state = $dead",
        ("$id", id.ToByteArray()), ("$receiver", receiver.ToByteArray()), ("$now", now.UtcTicks), ("$dead", (int)DeliveryState.Dead)) > 0;

    public void EraseOld() => _file.Do("DELETE FROM message WHERE made < $made", ("$made", (_clock.GetUtcNow() - TimeSpan.FromDays(_rules.KeepDays)).UtcTicks));

    public (int Waiting, int Dead, DateTimeOffset? DeliveredAt) Tally(Guid receiver) => _file.Ask(
        "SELECT COALESCE(SUM(state = 0), 0), COALESCE(SUM(state = 2), 0), MAX(CASE WHEN state = 1 THEN tried END) FROM message WHERE receiver = $id",
        r => (r.GetInt32(0), r.GetInt32(1), Time(r, 2)), ("$id", receiver.ToByteArray()))[0];

    /// <summary>The newest first; the cursor is the number of the last one.</summary>
    public Page<Delivery> List(Guid receiver, DeliveryState? state, int limit, long? before)
    {
        var rows = _file.Ask(
            "SELECT seq, id, incident, kind, made, state, attempts, tried, due, status, trouble FROM message WHERE receiver = $id AND seq < $before AND ($state IS NULL OR state = $state) ORDER BY seq DESC LIMIT $limit",
            r => (Seq: r.GetInt64(0), Item: new Delivery(new((byte[])r[1]), new((byte[])r[2]), Enum.Parse<WebhookKind>(r.GetString(3)), Time(r, 4)!.Value, (DeliveryState)r.GetInt32(5), r.GetInt32(6), Time(r, 7), Time(r, 8),
                r.IsDBNull(9) ? null : r.GetInt32(9), r.IsDBNull(10) ? null : Enum.Parse<DeliveryTrouble>(r.GetString(10)))),
            ("$id", receiver.ToByteArray()), ("$before", before ?? long.MaxValue), ("$state", (object?)(int?)state ?? DBNull.Value), ("$limit", limit + 1));
        return new([.. rows.Take(limit).Select(row => row.Item)], rows.Count > limit ? $"{rows[limit - 1].Seq}" : null);
    }

    static DateTimeOffset? Time(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);
}
