using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.TransparentLog;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.TransparentLog;

/// <summary>The tree over the log as the outside meets it: heads, tiles, proofs, and a witness that checks them.</summary>
public sealed class TransparentLogTests : IAsyncDisposable
{
    readonly TempFolder _folder = new();
    readonly NoteSigner _witness = new("witness.example/w1", NoteKeyKind.Witness, [.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
    readonly House _house;

    public TransparentLogTests() => _house = new(("TransparentLog:Witnesses:0", _witness.Key.ToString()), ("TransparentLog:Origin", "records.example/log"));

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    IEventLog Log => _house.Services.GetRequiredService<IEventLog>();

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_fact_is_a_leaf_of_a_signed_head_and_anybody_can_check_it()
    {
        var scene = await Scene.In(_house);
        var facts = await Facts();
        using var anybody = Anybody();
        var key = await Key(anybody);
        var note = await Head(anybody);
        var head = Checkpoint.SignedBy(key, note, NoteSigner.Verify)!;
        Assert.Equal(("records.example/log", (long)facts.Count), (head.Origin, head.Size));
        Assert.Equal(head.Root, await new TiledTree(head.Size, (tile, ct) => Bytes(anybody, tile.Path, ct)).Root(Ct));

        var secret = _house.Services.GetRequiredService<LogIdentity>().Secret;
        foreach (var (fact, index) in facts.Select((fact, i) => (fact, i)).Where(x => x.i % 5 == 0))
        {
            var proof = LogProof.Parse(await anybody.GetStringAsync($"proof/{fact.Position}", Ct))!;
            Assert.Equal(index, proof.Index);
            Assert.Equal(head, Checkpoint.SignedBy(key, proof.Checkpoint, NoteSigner.Verify));
            Assert.True(Proofs.Includes(head.Root, head.Size, index, LogEntry.Leaf(fact, secret), proof.Path));
        }

        var bundle = (await Bytes(anybody, $"tile/entries/000.p/{head.Size}", Ct)).ToArray();
        Assert.Equal(head.Size * 53, bundle.Length);
        Assert.Equal((await Bytes(anybody, $"tile/0/000.p/{head.Size}", Ct)).ToArray()[..32], TreeHash.Leaf(bundle.AsSpan(2, 51)).ToArray());
        Assert.Equal(head.Root, (await anybody.GetStringAsync($"consistency?from=3&to={head.Size}", Ct)).Split('\n')[..^1].Select(line => TreeHash.Parse(line)!.Value).ToList() is var grown
            && Proofs.Extends(await new TiledTree(3, (tile, ct) => Bytes(anybody, tile.Path, ct)).Root(Ct), 3, head.Root, head.Size, grown) ? head.Root : default);
        _ = scene;
    }

    /// <summary>Where the log lies in memory, as in a demo, its next life knows nothing of the heads signed in this one.</summary>
    [Fact]
    public async Task The_tree_of_a_log_that_forgets_goes_with_it()
    {
        for (var life = 1; life <= 2; life++)
        {
            await using var house = new House(("Data", _folder["data"]));
            var scene = await Scene.In(house);
            var keeper = house.Services.GetRequiredService<TreeKeeper>();
            Assert.False(keeper.IsBroken, $"life {life}");
            await keeper.Covered(scene.Ready.Position, Ct).WaitAsync(TimeSpan.FromSeconds(30), Ct);
        }
    }

    [Theory]
    [InlineData("tile/0/000.p/200", HttpStatusCode.NotFound)]
    [InlineData("tile/0/001", HttpStatusCode.NotFound)]
    [InlineData("tile/..%2f..%2ftree.db", HttpStatusCode.NotFound)]
    [InlineData("tile/entries/000.p/255", HttpStatusCode.NotFound)]
    [InlineData("proof/ffffffff", HttpStatusCode.NotFound)]
    [InlineData("proof/nonsense", HttpStatusCode.BadRequest)]
    [InlineData("consistency?from=5&to=3", HttpStatusCode.BadRequest)]
    [InlineData("consistency?from=1&to=1000000", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_said(string path, HttpStatusCode answer)
    {
        using var anybody = Anybody();
        using var response = await anybody.GetAsync(path, Ct);
        Assert.Equal(answer, response.StatusCode);
    }

    [Fact]
    public async Task A_witness_signs_what_goes_on_and_its_word_stands_below_the_head()
    {
        await Scene.In(_house);
        await Facts();
        using var anybody = Anybody();
        var key = await Key(anybody);
        var witness = new Witness(anybody, key, _witness, _folder["witness"], _house.Clock);
        Directory.CreateDirectory(_folder["witness"]);
        var (sight, sentence) = await witness.Visit(Ct);
        Assert.True((sight, sentence.EndsWith("signed and handed in.", StringComparison.Ordinal)) == (Sight.Cosigned, true), sentence);
        var cosignature = Checkpoint.CosignedBy(_witness.Key, await Head(anybody), NoteSigner.Verify)!;
        Assert.Equal(_house.Clock.GetUtcNow(), cosignature.At, TimeSpan.FromSeconds(5));
        Assert.Equal(Sight.Unchanged, (await witness.Visit(Ct)).Sight);

        await Scene.In(_house);
        await Facts();
        (sight, sentence) = await witness.Visit(Ct);
        Assert.True(sight == Sight.Cosigned && sentence.Contains("more than before, nothing else changed", StringComparison.Ordinal), sentence);
    }

    [Fact]
    public async Task A_witness_that_stays_away_is_told_on_the_police_desk_until_it_comes()
    {
        await Scene.In(_house);
        await Facts();
        using var anybody = Anybody();
        await Head(anybody);
        using var police = _house.As(Guid.NewGuid(), "operator");
        Assert.Null((await police.Get<DeskCounts>("/alerts/counts")).UnwitnessedSince);
        var since = _house.Clock.GetUtcNow();
        _house.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.InRange((await police.Get<DeskCounts>("/alerts/counts")).UnwitnessedSince!.Value, since.AddMinutes(-1), since);
        await Facts(); // the silence of the box is a fact too
        Directory.CreateDirectory(_folder["witness"]);
        var (sight, sentence) = await new Witness(anybody, await Key(anybody), _witness, _folder["witness"], _house.Clock).Visit(Ct);
        Assert.True(sight == Sight.Cosigned, sentence);
        Assert.Null((await police.Get<DeskCounts>("/alerts/counts")).UnwitnessedSince);
    }

    [Fact]
    public async Task A_cosignature_of_nobody_known_or_of_another_head_is_not_taken()
    {
        await Scene.In(_house);
        await Facts();
        using var anybody = Anybody();
        var note = await Head(anybody);
        Assert.Equal(HttpStatusCode.BadRequest, await Post("nonsense"));
        Assert.Equal(HttpStatusCode.BadRequest, await Post(note.ToString()));
        var stranger = new NoteSigner("stranger.example", NoteKeyKind.Witness, new byte[32]);
        Assert.Equal(HttpStatusCode.BadRequest, await Post(Signed(note, stranger)));
        var own = new SignedNote(note.Text.Replace("\n", "0\n", StringComparison.Ordinal), note.Signatures);
        Assert.Equal(HttpStatusCode.BadRequest, await Post(Signed(own, _witness)));
        Assert.Equal(HttpStatusCode.NoContent, await Post(Signed(note, _witness)));
        Assert.Equal(HttpStatusCode.BadRequest, await Post(new string('x', 200_000)));

        async Task<HttpStatusCode> Post(string body)
        {
            using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("text/plain"));
            using var answer = await anybody.PostAsync("cosignatures", content, Ct);
            return answer.StatusCode;
        }
    }

    internal static string Signed(SignedNote note, NoteSigner signer)
    {
        var signature = new byte[72];
        signature[7] = 1;
        signer.Sign(Checkpoint.Cosigned(1, note.Text)).CopyTo(signature, 8);
        return (note with { Signatures = [.. note.Signatures, new(signer.Key.Name, signer.Key.Id, signature)] }).ToString();
    }

    HttpClient Anybody()
    {
        var anybody = _house.CreateClient();
        anybody.BaseAddress = new(anybody.BaseAddress!, "tlog/");
        return anybody;
    }

    /// <summary>All facts there are, once a head covers them.</summary>
    async Task<List<Recorded>> Facts()
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var facts = new List<Recorded>();
        await foreach (var batch in Api.EventLog.Batches.InBatches(Log.Follow(LogPosition.Start, quiet.Token), 100_000, TimeProvider.System, quiet.Token))
        {
            if (batch.Count == 0 && facts.Count > 0) break;
            facts.AddRange(batch);
        }

        await _house.Services.GetRequiredService<TreeKeeper>().Covered(facts[^1].Position, Ct).WaitAsync(TimeSpan.FromSeconds(30), Ct);
        return facts;
    }

    static async Task<NoteKey> Key(HttpClient anybody) => NoteKey.TryParse((await anybody.GetStringAsync("key", Ct)).Trim(), out var key) ? key : throw new InvalidDataException("no key");

    static async Task<SignedNote> Head(HttpClient anybody) => SignedNote.Parse(await anybody.GetStringAsync("checkpoint", Ct))!;

    static async ValueTask<ReadOnlyMemory<byte>> Bytes(HttpClient anybody, string path, CancellationToken ct) => await anybody.GetByteArrayAsync(path, ct);
}
