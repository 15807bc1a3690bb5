using Compliance.Domain.TransparentLog;

namespace Compliance.Domain.Tests.TransparentLog;

/// <summary>The texts of C2SP: signed notes, keys, checkpoints, proofs; what is written reads back, and nothing else reads.</summary>
public sealed class NoteTests
{
    const string Head = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    const string Line = "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

    [Fact]
    public void The_checkpoint_of_the_specification_reads_and_writes()
    {
        var note = SignedNote.Parse($"{Head}\n{Line}")!;
        Assert.Equal(("example.com/behind-the-sofa", 64), (note.Signatures[0].Name, note.Signatures[0].Bytes.Length));
        Assert.Equal($"{Head}\n{Line}", note.ToString());
        var head = Checkpoint.Parse(note.Text)!;
        Assert.Equal(("example.com/behind-the-sofa", 20_852_163L, Head), (head.Origin, head.Size, head.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name\n")]
    [InlineData("text\n\n— name AAAA\n")]
    [InlineData("text\n\n- name AAAAAAAA\n")]
    [InlineData("text\n\n— na+me AAAAAAAA\n")]
    [InlineData("text\n\n— name AAAAAAAA")]
    [InlineData("te\u0001xt\n\n— name AAAAAAAA\n")]
    [InlineData("text\n\n— name AAAAAAAA\n\n— name AAAAAAAA\nx\n")]
    public void What_is_no_note_is_not_read(string text) => Assert.Null(SignedNote.Parse(text));

    [Theory]
    [InlineData("o\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("o\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n")]
    [InlineData("\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("o\n1\n")]
    public void What_is_no_head_is_not_read(string text) => Assert.Null(Checkpoint.Parse(text));

    [Fact]
    public void The_key_of_the_specification_reads_and_writes()
    {
        const string vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
        Assert.True(NoteKey.TryParse(vkey, out var key));
        Assert.Equal(("example.com/foo", NoteKeyKind.Log, 0x530d903au, vkey), (key.Name, key.Kind, key.Id, key.ToString()));
        Assert.False(NoteKey.TryParse(vkey.Replace("foo", "bar", StringComparison.Ordinal), out _));
        Assert.False(NoteKey.TryParse(vkey[..^4], out _));
        Assert.False(NoteKey.TryParse(null, out _));
    }

    [Fact]
    public void A_proof_reads_back_and_a_torn_one_does_not()
    {
        var proof = new LogProof(73_894, [TreeHash.Empty, TreeHash.Leaf([1])], SignedNote.Parse($"{Head}\n{Line}")!, [1, 2, 3]);
        var text = proof.ToString();
        var read = LogProof.Parse(text)!;
        Assert.Equal((proof.Index, text, 3), (read.Index, read.ToString(), read.Extra!.Length));
        Assert.Equal(proof.Path, read.Path);
        Assert.Null((proof with { Extra = null }) is var bare ? LogProof.Parse(bare.ToString())!.Extra : []);
        for (var cut = 0; cut < text.Length; cut += 7) Assert.Null(LogProof.Parse(text[..cut]));
        Assert.Null(LogProof.Parse(text.Replace("index 73894", "index 073894", StringComparison.Ordinal)));
    }
}
