using System.Text.Json;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Tell;

/// <summary>The disk is as full as it may get: the API has been away too long.</summary>
internal sealed class SpoolFull(int limit) : Exception($"the spool holds {limit} observations and takes no more");

/// <summary>How many observations the API took and refused, and how many of the refused because another probe had taken the venue.</summary>
internal sealed record Answered(int Taken, int Refused, int LeasesLost)
{
    public Answered And(IEnumerable<string?> codes) => codes.Aggregate(this, (sum, code) => code is null ? sum with { Taken = sum.Taken + 1 }
        : sum with { Refused = sum.Refused + 1, LeasesLost = sum.LeasesLost + (code == "probe.lease-lost" ? 1 : 0) });
}

/// <summary>
/// What the API cannot take now waits here, in order, on disk. Kept before it is told, forgotten after it is answered, both
/// durably: a process killed in between tells it again under the same id, which counts once. What the API refuses is set
/// aside, the newest of it, and never blocks what comes after.
/// </summary>
internal sealed class Spool : IDisposable
{
    /// <summary>About 400 bytes each: 40 MB.</summary>
    public const int DefaultLimit = 100_000;

    /// <summary>Dead letters are for an engineer to read, and nobody reads more.</summary>
    public const int DefaultDeadLetters = 1_000;

    /// <summary>The code of what stood on disk and could not be read any more.</summary>
    const string Spoiled = "spool.spoiled";

    readonly ProbeFile _file;
    readonly int _limit, _deadLetters;
    int _depth;

    public Spool(ProbeFile file, int limit = DefaultLimit, int deadLetters = DefaultDeadLetters)
    {
        (_file, _limit, _deadLetters) = (file, limit, deadLetters);
        file.Run("CREATE TABLE IF NOT EXISTS waiting (place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL)");
        file.Run("CREATE TABLE IF NOT EXISTS dead_letters (place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, code TEXT NOT NULL, body TEXT NOT NULL)");
        _depth = file.Number("SELECT count(*) FROM waiting");
        Refused = file.Number("SELECT max(place) FROM dead_letters");
    }

    /// <summary>How many wait.</summary>
    public int Depth => Volatile.Read(ref _depth);

    /// <summary>How many were refused, ever; of them the newest are set aside.</summary>
    public int Refused { get; private set; }

    /// <summary>What the API answered since this probe began.</summary>
    public Answered Answered { get; private set; } = new(0, 0, 0);

    public void Keep(IReadOnlyCollection<Observation> observations)
    {
        lock (_file.Gate)
        {
            if (_depth + observations.Count > _limit) throw new SpoolFull(_limit);
            using var transaction = _file.Begin();
            var added = observations.Sum(o => _file.Run(
                "INSERT OR IGNORE INTO waiting (id, body) VALUES ($id, $body)", ("$id", $"{o.Id:N}"), ("$body", JsonSerializer.Serialize(o, EventCatalog.Json))));
            transaction.Commit();
            _depth += added;
        }
    }

    /// <summary>The oldest that wait; asked again without an answer in between, it gives the same. What a disk spoiled is set aside.</summary>
    public IReadOnlyList<Observation> Oldest(int most)
    {
        while (true)
        {
            var rows = Read("SELECT place, id, body FROM waiting ORDER BY place LIMIT $most", most);
            var spoiled = rows.Where(row => row.Observation is null).Select(row => row.Place).ToArray();
            if (spoiled.Length == 0) return [.. rows.Select(row => row.Observation!)];
            Settle([.. spoiled.Select(place => ("place", (object)place, (string?)Spoiled))]);
        }
    }

    /// <summary>The newest that were refused, oldest first; those that can be read.</summary>
    public IReadOnlyList<Observation> DeadLetters() =>
        [.. Read("SELECT place, id, body FROM dead_letters ORDER BY place LIMIT $most", _deadLetters).Select(row => row.Observation).OfType<Observation>()];

    /// <summary>The API has answered: accepted ones are forgotten, refused ones set aside.</summary>
    public void Settle(IReadOnlyCollection<ObservationAnswer> answers) => Settle([.. answers.Select(a => ("id", (object)$"{a.Id:N}", a.Refused))]);

    void Settle(IReadOnlyCollection<(string Column, object Value, string? Refused)> answered)
    {
        lock (_file.Gate)
        {
            using var transaction = _file.Begin();
            var settled = 0;
            foreach (var (column, value, code) in answered)
            {
                if (code is not null)
                    _file.Run($"INSERT OR IGNORE INTO dead_letters (id, code, body) SELECT id, $code, body FROM waiting WHERE {column} = $value", ("$value", value), ("$code", code));
                settled += _file.Run($"DELETE FROM waiting WHERE {column} = $value", ("$value", value));
            }

            var refused = _file.Number("SELECT max(place) FROM dead_letters");
            _file.Run("DELETE FROM dead_letters WHERE place <= $old", ("$old", refused - _deadLetters));
            transaction.Commit();
            _depth -= settled;
            Answered = Answered.And(answered.Select(a => a.Refused));
            Refused = refused;
        }
    }

    /// <summary>How many of those set aside were refused with which code.</summary>
    public IReadOnlyDictionary<string, int> Refusals()
    {
        lock (_file.Gate) return _file.All(row => (row.GetString(0), row.GetInt32(1)), "SELECT code, count(*) FROM dead_letters GROUP BY code").ToDictionary();
    }

    public void Dispose() => _file.Dispose();

    IReadOnlyList<(long Place, Observation? Observation)> Read(string sql, int most)
    {
        lock (_file.Gate) return _file.All(row => (row.GetInt64(0), Parse(row.GetString(1), row.GetString(2))), sql, ("$most", most));
    }

    static Observation? Parse(string id, string body)
    {
        try
        {
            return JsonSerializer.Deserialize<Observation>(body, EventCatalog.Json) is { } observation && $"{observation.Id:N}" == id ? observation : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
