using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Compliance.Api.Evidence;
using Compliance.Api.TransparentLog;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;
using CsCheck;

namespace Compliance.Api.Tests.Evidence;

/// <summary>Anybody may attach anything, and prove it in a log of his own: each gets its sentence, and none stops the program.</summary>
public sealed class HostileFactsTests(Issued issued) : IClassFixture<Issued>
{
    static readonly NoteSigner Own = new("own.example/log", NoteKeyKind.Log, new byte[32]);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    FactsFile Facts => FactsFile.Parse(Issued.Attached(issued.Pdf)[FactsFile.Name]);

    static List<CheckedStep> Look(Dictionary<string, byte[]> attached)
    {
        var steps = new List<CheckedStep>();
        Verifier.Attached(attached, new(), steps, Ct);
        return steps;
    }

    /// <summary>The facts in a log of which they are all.</summary>
    static Dictionary<string, byte[]> Proven(FactsFile file, Func<Recorded, bool>? isInPart = null)
    {
        var (tree, leaves, salt) = (new TreeFrontier(), new Dictionary<Guid, LeafKey>(), new byte[LogEntry.SaltSize]);
        foreach (var fact in file.Facts)
        {
            var commitment = LogEntry.Commit(salt, fact.Data.Span);
            leaves[fact.EventId] = new(tree.Size, isInPart?.Invoke(fact) == true ? null : salt, commitment);
            tree.Add(TreeHash.Leaf(LogEntry.Of(fact, commitment)));
        }

        var head = new Checkpoint(Own.Key.Name, tree.Size, tree.Root).ToString();
        return new()
        {
            [FactsFile.Name] = (file with { Proof = new(Own.Key.ToString(), tree.Size, leaves, []) }).ToJson(),
            [Issuer.Checkpoint] = Encoding.UTF8.GetBytes(new SignedNote(head, [new(Own.Key.Name, Own.Key.Id, Own.Sign(Encoding.UTF8.GetBytes(head)))]).ToString()),
        };
    }

    [Fact]
    public void Facts_in_a_log_of_ones_own_hold_as_far_as_that_goes() =>
        Assert.Equal(["Yes facts", "Yes log", "Open log", "Yes proof", "Yes figures"], Look(Proven(Facts)).Select(s => $"{s.Holds} {s.Step}"));

    [Fact]
    public void Whatever_is_written_into_the_facts_is_told_in_a_sentence()
    {
        var attached = Issued.Attached(issued.Pdf).ToDictionary();
        var json = Encoding.UTF8.GetString(attached[FactsFile.Name]);
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, Mutation.Kinds - 1]).Sample((place, kind) =>
        {
            try
            {
                var mutated = Mutation.Of(json, place, kind);
                Assert.NotEmpty(Look(new(attached) { [FactsFile.Name] = mutated }));
                Assert.NotEmpty(Look(Proven(FactsFile.Parse(mutated)))); // now also the figures are computed of it
            }
            catch (JsonException e)
            {
                Assert.NotEmpty(e.Message); // what Check says as a step
            }
        }, iter: 600, threads: 1);
    }

    [Fact]
    public void Two_outages_in_one_stream_are_a_no_and_no_crash()
    {
        var (file, other) = (Facts, Guid.NewGuid());
        var started = file.Facts.First(f => f.Stream.Category == "outage");
        var second = started with
        {
            EventId = Guid.NewGuid(), Revision = started.Revision + 1,
            Data = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(started.Data.Span).Replace($"{started.Stream.Id}", $"{other}", StringComparison.Ordinal)),
        };
        Assert.Contains(Look(Proven(file with { Facts = [.. file.Facts, second] })), s => s is { Step: "figures", Holds: Holds.No });
    }

    [Fact]
    public void No_figure_is_computed_of_facts_that_are_not_proven()
    {
        var file = Facts;
        var attached = Proven(file);
        attached[FactsFile.Name] = (FactsFile.Parse(attached[FactsFile.Name]) with { Facts = [file.Facts[0] with { RecordedAt = file.Facts[0].RecordedAt.AddHours(1) }, .. file.Facts.Skip(1)] }).ToJson();
        var steps = Look(attached);
        Assert.Contains(steps, s => s is { Step: "proof", Holds: Holds.No });
        Assert.Equal(Holds.Open, steps.Single(s => s.Step == "figures").Holds);
    }

    /// <summary>Else whoever prints could write any words above a commitment to others.</summary>
    [Fact]
    public void Only_what_this_system_blanks_may_be_shown_in_part()
    {
        var file = Facts;
        var reached = Look(Proven(file, f => f.Name == "device.registered.v1"));
        Assert.DoesNotContain(reached, s => s.Holds == Holds.No);
        Assert.Contains(reached, s => s.Holds == Holds.Open && s.Sentence.Contains("only as good", StringComparison.Ordinal));
        foreach (var name in file.Facts.Select(f => f.Name).Distinct().Where(name => !((string[])["device.registered.v1", "device.feed-changed.v1", "device.onvif-told.v1"]).Contains(name)))
            Assert.Contains(Look(Proven(file, f => f.Name == name)), s => s is { Step: "proof", Holds: Holds.No } && s.Sentence.Contains("never are", StringComparison.Ordinal));
        var venue = file.Facts.First(f => f.Name == "venue.registered.v1");
        Assert.True(ShownInPart.MayBe(venue, CertificateRecord.Formula));
        Assert.False(ShownInPart.MayBe(venue with { Name = "device.registered.v1" }, null));
    }
}
