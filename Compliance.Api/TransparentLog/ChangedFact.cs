using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.TransparentLog;

/// <summary>A fact that is not the one its leaf was made of: is it the words, or what the log stamped on them, and which of that?</summary>
sealed class ChangedFact(ILogCopy copy, long at, CopiedLeaf leaf)
{
    /// <summary>As many facts as one command is thought to have written.</summary>
    const int MostOfOneCommand = 64;

    /// <summary>Values of one kind that are tried, at most.</summary>
    const int MostTried = 100_000;

    public async Task<Unfit> Tell(string how, CancellationToken ct)
    {
        var copied = await copy.Facts(ct).ElementAtAsync((int)at, ct);
        var fact = copied.Fact;
        if (leaf.Commitment is not { } signed)
            return FirstUnfit.Of(Tampering.Replaced, at, fact, "It is not the fact that was signed in its place; whether its words or what stands around them differ, this tree is too old to tell.", how);
        var words = copied.Commitment is { } now && now.AsSpan().SequenceEqual(signed);
        if (!words && Gives(fact, signed))
            return FirstUnfit.Of(Tampering.Payload, at, fact, "Its words are not those that were signed; what stands around them is.", $"{how} With the commitment that was kept of its words the leaf is the signed one, and these words give another commitment.");
        if (await Restored(fact, signed, ct) is { } was) return FirstUnfit.Of(Tampering.Metadata, at, fact, $"{was}; its words {(copied.Salt is null ? "came without a salt and were not checked" : "are those that were signed")}.", $"{how} With that put back the leaf is the signed one.");
        return words
            ? FirstUnfit.Of(Tampering.Metadata, at, fact, "Its words are those that were signed; something around them is not (author, command, time, stream, revision, name or id).", $"{how} Its words give the commitment that was kept.")
            : FirstUnfit.Of(Tampering.Replaced, at, fact, "Another fact stands in its place: neither its words nor what stands around them are those that were signed.", how);
    }

    /// <summary>One thing put back as it may have been; null when no single one makes the leaf whole.</summary>
    async Task<string?> Restored(Recorded fact, byte[] signed, CancellationToken ct)
    {
        for (var i = 0; i < MostOfOneCommand; i++)
            if (EventIds.For(fact.Origin, fact.Stream, i) is var id && Gives(fact with { EventId = id }, signed)) return $"Its id was {id}";
        var (streams, actors, commands, times, revision) = (new HashSet<StreamId>(), new HashSet<string>(), new HashSet<Guid>(), new HashSet<DateTimeOffset>(), new Dictionary<StreamId, long>());
        var (read, expected) = (0L, 0L);
        await foreach (var (other, _) in copy.Facts(ct))
        {
            if (read++ < at) revision[other.Stream] = other.Revision + 1;
            if (read == at + 1) expected = revision.GetValueOrDefault(other.Stream);
            if (streams.Count < MostTried) streams.Add(other.Stream);
            if (actors.Count < MostTried) actors.Add(other.Origin.Actor);
            if (commands.Count < MostTried) commands.Add(other.Origin.CommandId);
            if (times.Count < MostTried) times.Add(other.RecordedAt);
        }

        if (Gives(fact with { Revision = expected }, signed)) return $"Its revision was {expected}";
        if (EventCatalog.All.Keys.FirstOrDefault(name => Gives(fact with { Name = name }, signed)) is { } name) return $"Its name was {name}";
        if (actors.FirstOrDefault(actor => Gives(fact with { Origin = fact.Origin with { Actor = actor } }, signed)) is { } actor) return $"Its author was {actor}";
        foreach (var stream in streams)
            if (Gives(fact with { Stream = stream }, signed)) return $"Its stream was {stream}";
        foreach (var time in times)
            if (Gives(fact with { RecordedAt = time }, signed)) return $"It was recorded at {time:O}";
        foreach (var command in commands)
            if (Gives(fact with { Origin = fact.Origin with { CommandId = command } }, signed)) return $"Its command was {command}";
        return null;
    }

    bool Gives(Recorded fact, byte[] commitment) => LogEntry.Of(fact, commitment).AsSpan().SequenceEqual(leaf.Entry);
}
