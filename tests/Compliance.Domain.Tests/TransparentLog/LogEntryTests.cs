using System.Text;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;
using CsCheck;

namespace Compliance.Domain.Tests.TransparentLog;

/// <summary>What binds a fact to its leaf: every part of it, and nothing of it shows.</summary>
public sealed class LogEntryTests
{
    static readonly byte[] Secret = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();

    static readonly Recorded Fact = new(
        new("venue", new Guid("0199aaaa-0000-7000-8000-000000000001")), 3, new(7, 7), new Guid("0199aaaa-0000-8000-8000-000000000002"), "venue.capacity-changed.v1",
        """{"capacity":300}"""u8.ToArray(), new(2026, 11, 29, 21, 4, 5, TimeSpan.Zero), new(new Guid("0199aaaa-0000-7000-8000-000000000003"), "user:Әйгерім \"ü\" \\"));

    /// <summary>Python's hmac, hashlib and json over the same members: the entry is what docs/transparent-log.md says, not what this code happens to do.</summary>
    [Fact]
    public void The_entry_is_the_published_recipe() => Assert.Equal(
        "870fe9526cefa7999e9a7d32e32049ae8f3304968a9e2da62f15f072c86d6b37",
        Convert.ToHexStringLower(LogEntry.Leaf(Fact, Secret).ToArray()));

    [Fact]
    public void Whatever_changes_in_a_fact_changes_its_leaf()
    {
        var leaf = LogEntry.Leaf(Fact, Secret);
        Recorded[] others =
        [
            Fact with { Stream = new("venue", Guid.Empty) }, Fact with { Stream = new("device", Fact.Stream.Id) }, Fact with { Revision = 4 }, Fact with { EventId = Guid.Empty },
            Fact with { Name = "venue.capacity-changed.v2" }, Fact with { RecordedAt = Fact.RecordedAt.AddTicks(1) },
            Fact with { Origin = Fact.Origin with { Actor = "user:x" } }, Fact with { Origin = Fact.Origin with { CommandId = Guid.Empty } },
        ];
        Assert.All(others, other => Assert.NotEqual(leaf, LogEntry.Leaf(other, Secret)));
        Assert.NotEqual(leaf, LogEntry.Leaf(Fact, new byte[32]));
        Gen.Int[0, (Fact.Data.Length * 8) - 1].Sample(bit =>
        {
            var data = Fact.Data.ToArray();
            data[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(leaf, LogEntry.Leaf(Fact with { Data = data }, Secret));
        });
        Assert.Equal(leaf, LogEntry.Leaf(Fact with { Position = new(9, 9) }, Secret));
    }

    [Fact]
    public void The_entry_shows_nothing_and_who_sees_a_fact_in_part_can_still_check_it()
    {
        var commitment = LogEntry.Commit(LogEntry.Salt(Secret, Fact.EventId), Fact.Data.Span);
        var entry = LogEntry.Of(Fact with { Data = default }, commitment);
        Assert.Equal(LogEntry.Leaf(Fact, Secret), TreeHash.Leaf(entry));
        Assert.Equal(51, entry.Length);
        Assert.NotEqual(commitment, LogEntry.Commit(LogEntry.Salt(Secret, Guid.Empty), Fact.Data.Span));
        Assert.StartsWith("compliance.fact/v1\n", Encoding.Latin1.GetString(entry), StringComparison.Ordinal);
    }
}
