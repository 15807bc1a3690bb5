using System.Text;
using Compliance.Api.Evidence;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.TransparentLog;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;
using CsCheck;

namespace Compliance.Api.Tests.TransparentLog;

/// <summary>Whatever is done to the files of a log, wherever, the first fact that does not fit is found, and what was done to it is named.</summary>
public sealed class TamperProperties : IAsyncLifetime
{
    static readonly string[] Columns = ["stream", "revision", "event_id", "name", "recorded_at", "command_id", "actor"];

    static readonly Gen<int> Fact = Gen.Int[1, SignedLog.Size];

    readonly TempFolder _folder = new();
    SignedLog _log = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _log = await SignedLog.OnSqlite();

    public ValueTask DisposeAsync()
    {
        _log.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    static async Task<(Verification Checked, Unfit? First)> Look(SignedLog.Copy copy, params SignedNote[] known) => (
        await new LogCheck(copy.Read(), new(), known).Check("log", null, Ct), await new FirstUnfit(copy.Read(), new(), known).Find(null, Ct));

    /// <summary>Both commands find it; the one that explains names what was done, and where.</summary>
    static async Task Finds(SignedLog.Copy copy, Tampering what, long position, params SignedNote[] known)
    {
        var (verification, first) = await Look(copy, known);
        Assert.False(verification.Holds, string.Join('\n', verification.Steps));
        Assert.True(first?.Is == what && first.Position == $"{position:x}", $"{what} at {position:x} was done, found was {first}");
    }

    [Fact]
    public async Task A_log_that_nobody_touched_holds_and_nothing_in_it_is_unfit()
    {
        using var copy = _log.Copied();
        var (verification, first) = await Look(copy);
        Assert.True(verification.Holds, string.Join('\n', verification.Steps));
        Assert.Contains(verification.Steps, s => s is { Step: "proof", Holds: Holds.Yes });
        Assert.Null(first);
    }

    [Fact]
    public Task Any_bit_of_a_fact_s_words_is_found() => Gen.Select(Fact, Gen.Int[0, int.MaxValue]).SampleAsync(async (position, bit) =>
    {
        using var copy = _log.Copied();
        var data = copy.Value<byte[]>("log.db", "SELECT data FROM facts WHERE position = $0", position);
        Flip(data, bit);
        Assert.True(copy.Sql("log.db", "UPDATE facts SET data = $0 WHERE position = $1", data, position));
        await Finds(copy, Tampering.Payload, position);
    }, iter: 60, threads: 1);

    [Fact]
    public Task Any_bit_of_who_when_where_and_under_which_name_is_found() => Gen.Select(
        Fact, Gen.Int[0, Columns.Length - 1].Select(i => Columns[i]), Gen.Int[0, int.MaxValue]).SampleAsync(async (position, column, bit) =>
    {
        using var copy = _log.Copied();
        object changed = column switch
        {
            "revision" or "recorded_at" => copy.Value<long>("log.db", $"SELECT {column} FROM facts WHERE position = $0", position) ^ (1L << (bit % 48)),
            "event_id" or "command_id" => Flipped(copy.Value<byte[]>("log.db", $"SELECT {column} FROM facts WHERE position = $0", position), bit),
            _ => Encoding.Latin1.GetString(Flipped(Encoding.Latin1.GetBytes(copy.Value<string>("log.db", $"SELECT {column} FROM facts WHERE position = $0", position)), bit)),
        };
        if (!copy.Sql("log.db", $"UPDATE facts SET {column} = $0 WHERE position = $1", changed, position)) return; // the store itself refuses a second fact in one place
        var (verification, first) = await Look(copy);
        Assert.False(verification.Holds, $"{column} of {position} to {changed}");
        Assert.True(first is { Is: Tampering.Metadata or Tampering.Damaged } && first.Position == $"{position:x}", $"{column} of {position} to {changed}: {first}");
    }, iter: 150, threads: 1);

    [Fact]
    public Task Facts_that_changed_places_are_found() => Gen.Select(Fact, Fact).Where((a, b) => a < b).SampleAsync(async (a, b) =>
    {
        using var copy = _log.Copied();
        Assert.True(copy.Sql("log.db", "UPDATE facts SET position = -1 WHERE position = $0; UPDATE facts SET position = $0 WHERE position = $1; UPDATE facts SET position = $1 WHERE position = -1", a, b));
        await Finds(copy, Tampering.Order, a);
    }, iter: 40, threads: 1);

    [Fact]
    public Task Facts_that_were_taken_out_are_found() => Gen.Select(Fact, Gen.Int[1, 5]).SampleAsync(async (position, count) =>
    {
        using var copy = _log.Copied();
        Assert.True(copy.Sql("log.db", "DELETE FROM facts WHERE position >= $0 AND position < $1", position, position + count));
        await Finds(copy, Tampering.Missing, position);
    }, iter: 40, threads: 1);

    [Fact]
    public Task A_fact_that_was_put_in_is_found() => Gen.Select(Fact, Gen.Bool).SampleAsync(async (position, replayed) =>
    {
        using var copy = _log.Copied();
        Assert.True(copy.Sql("log.db", "UPDATE facts SET position = -position - 1 WHERE position >= $0; UPDATE facts SET position = -position WHERE position < 0", position));
        var source = replayed && position > 1 ? position - 1 : position + 1;
        // Of a fact that is told again only the place can differ; else it is a new one, made by somebody who knows how facts look.
        Assert.True(copy.Sql("log.db", $"INSERT INTO facts SELECT $0, {(replayed ? "stream" : "'venue-' || lower(hex(randomblob(16)))")}, revision + 1000, {(replayed ? "event_id" : "randomblob(16)")}, name, data, recorded_at, command_id, actor FROM facts WHERE position = $1", position, source));
        await Finds(copy, Tampering.Inserted, position);
    }, iter: 40, threads: 1);

    [Fact]
    public Task An_older_head_in_the_place_of_the_newest_is_found() => Gen.Int[1, (SignedLog.Size / SignedLog.Stretch) - 1].SampleAsync(async stretches =>
    {
        using var copy = _log.Copied();
        var size = stretches * SignedLog.Stretch;
        Assert.True(copy.Sql("tree.db", "DELETE FROM heads WHERE size > $0", size));
        await Finds(copy, Tampering.RolledBack, size + 1);
    }, iter: 8, threads: 1);

    [Fact]
    public async Task A_log_put_back_whole_is_found_by_whoever_kept_a_head()
    {
        using var copy = _log.Copied();
        var kept = copy.Read().Heads[^1];
        Assert.True(copy.Sql("log.db", "DELETE FROM facts WHERE position > $0", SignedLog.Stretch));
        Assert.True(copy.Sql("tree.db", "DELETE FROM heads WHERE size > $0; DELETE FROM leaves WHERE leaf >= $0", SignedLog.Stretch));
        Assert.True((await Look(copy)).Checked.Holds, "by itself it is a log like any other");
        var (verification, first) = await Look(copy, kept);
        Assert.False(verification.Holds);
        Assert.Equal(Tampering.RolledBack, first?.Is);
    }

    [Fact]
    public Task A_head_that_was_touched_is_found() => Gen.Int[0, int.MaxValue].SampleAsync(async bit =>
    {
        using var copy = _log.Copied();
        var text = Encoding.UTF8.GetBytes(copy.Read().Heads[^1].ToString());
        Flip(text, bit);
        Assert.True(copy.Sql("tree.db", "UPDATE heads SET note = $0 WHERE size = $1", Encoding.UTF8.GetString(text), SignedLog.Size));
        Assert.False((await new LogCheck(copy.Read(), new(), []).Check("log", null, Ct)).Holds);
    }, iter: 60, threads: 1);

    [Fact]
    public Task A_spoiled_tree_does_not_hide_what_was_done_to_the_facts() => Gen.Select(Fact, Gen.Bool).SampleAsync(async (position, both) =>
    {
        using var copy = _log.Copied();
        Assert.True(copy.Sql("tree.db", "UPDATE leaves SET entry = zeroblob(51) WHERE leaf = $0", position - 1));
        if (both) Assert.True(copy.Sql("log.db", "UPDATE facts SET actor = 'user:other' WHERE position = $0", position));
        var (verification, first) = await Look(copy);
        Assert.False(verification.Holds);
        if (!both) Assert.True(first?.Is == Tampering.Tree && first.Position == $"{position:x}", $"{first}");
        else Assert.True(first?.Is == Tampering.Unclear && first.Leaf == (position - 1) / SignedLog.Stretch * SignedLog.Stretch, $"{first}"); // within the stretch of one head
    }, iter: 30, threads: 1);

    /// <summary>Two facts came a second ago, and the tree has not followed yet.</summary>
    [Fact]
    public async Task A_live_log_whose_tree_is_a_moment_behind_holds()
    {
        using var copy = _log.Copied();
        for (var i = 1; i <= 2; i++)
            Assert.True(copy.Sql("log.db", "INSERT INTO facts SELECT position + 1, stream, revision + 1, randomblob(16), name, data, recorded_at + 10000000, command_id, actor FROM facts ORDER BY position DESC LIMIT 1"));
        var (verification, first) = await Look(copy);
        Assert.True(verification.Holds, string.Join('\n', verification.Steps));
        Assert.Contains(verification.Steps, s => s.Holds == Holds.Open && s.Sentence.StartsWith("2 facts", StringComparison.Ordinal) && s.Sentence.Contains("not signed yet", StringComparison.Ordinal));
        Assert.Null(first);
    }

    /// <summary>Words are rewritten, and the salt that would tell is taken out; the commitment in its place is the signed one or made up, kept beside the tree or not.</summary>
    [Fact]
    public Task Words_whose_salt_was_taken_out_are_found() => Gen.Select(Fact, Gen.Bool, Gen.Bool, Gen.Bool).SampleAsync(async (position, madeUp, keptBeside, alsoInTree) =>
    {
        var exported = await Exported(
            (fact, leaf) => fact.Position.Commit == (ulong)position ? (Rewritten(fact), leaf with { Salt = null, Commitment = madeUp ? new byte[32] : leaf.Commitment }) : (fact, leaf),
            leaf => leaf with { Commitment = !keptBeside ? null : madeUp && alsoInTree && leaf.Position.Commit == (ulong)position ? new byte[32] : leaf.Commitment });
        var verification = await new LogCheck(exported, new(), []).Check("log", null, Ct);
        Assert.False(verification.Holds, string.Join('\n', verification.Steps));
        var first = await new FirstUnfit(exported, new(), []).Find(null, Ct);
        Assert.True(first?.Position == $"{position:x}", $"at {position:x} was done, found was {first}");
    }, iter: 30, threads: 1);

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_log_without_any_salt_is_never_said_to_be_the_one_that_was_signed(bool keptBeside)
    {
        var exported = await Exported((fact, leaf) => (Rewritten(fact), leaf with { Salt = null }), leaf => keptBeside ? leaf : leaf with { Commitment = null });
        var verification = await new LogCheck(exported, new(), []).Check("log", null, Ct);
        Assert.DoesNotContain(verification.Steps, s => s is { Step: "proof", Holds: Holds.Yes });
        Assert.Equal(keptBeside, verification.Holds);
        Assert.Equal(Tampering.Unchecked, (await new FirstUnfit(exported, new(), []).Find(null, Ct))?.Is);
    }

    /// <summary>The log as files, each line as somebody rewrote it.</summary>
    async Task<ExportedLogCopy> Exported(Func<Recorded, LeafKey, (Recorded, LeafKey)> fact, Func<CopiedLeaf, CopiedLeaf> leaf)
    {
        using var copy = _log.Copied();
        var folder = _folder[$"{Guid.NewGuid():N}"];
        await using var said = new StringWriter();
        Assert.Equal(0, await ExportLogCommand.Write(folder, copy.Read(), said, Ct));
        var (facts, leaves) = (Path.Combine(folder, ExportedLogCopy.FactsFile), Path.Combine(folder, ExportedLogCopy.LeavesFile));
        var lines = (await File.ReadAllLinesAsync(facts, Ct)).Select(line => FactLine.Parse(Encoding.UTF8.GetBytes(line))).Select(line => fact(line.Fact, line.Leaf!));
        await File.WriteAllLinesAsync(facts, lines.Select(line => Encoding.UTF8.GetString(FactLine.Of(line.Item1, line.Item2))), Ct);
        byte[] spoiled = [.. new ExportedLogCopy(folder).Leaves().ToList().SelectMany(l => ExportedLogCopy.Line(leaf(l)))];
        await File.WriteAllBytesAsync(leaves, spoiled, Ct);
        return new(folder);
    }

    static Recorded Rewritten(Recorded fact)
    {
        var words = Encoding.UTF8.GetString(fact.Data.Span);
        var other = words.Replace("\"capacity\":", "\"capacity\":9", StringComparison.Ordinal);
        Assert.NotEqual(words, other);
        return fact with { Data = Encoding.UTF8.GetBytes(other) };
    }

    static byte[] Flipped(byte[] bytes, int bit)
    {
        Flip(bytes, bit);
        return bytes;
    }

    static void Flip(byte[] bytes, int bit) => bytes[bit / 8 % bytes.Length] ^= (byte)(1 << (bit % 8));
}
