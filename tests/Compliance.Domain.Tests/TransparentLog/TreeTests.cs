using System.Diagnostics;
using System.Globalization;
using Compliance.Domain.TransparentLog;
using CsCheck;

namespace Compliance.Domain.Tests.TransparentLog;

/// <summary>The tree of RFC 9162 in the tiles of C2SP: heads and proofs against published values and against a program that shares no code with ours.</summary>
public sealed class TreeTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The eight entries and heads that implementations of Certificate Transparency are tested with.</summary>
    static readonly (string Entry, string Root)[] Known =
    [
        ("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        ("00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        ("10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        ("2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        ("3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        ("40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
        ("5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        ("606162636465666768696a6b6c6d6e6f", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ];

    [Fact]
    public async Task The_published_heads_come_out()
    {
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Hex(TreeHash.Empty));
        var (edge, tiles) = (new TreeEdge(), new Dictionary<TileId, byte[]>());
        foreach (var (entry, root) in Known)
        {
            edge.Add(TreeHash.Leaf(Convert.FromHexString(entry)));
            foreach (var (tile, hashes) in edge.TakeChanged()) tiles[tile] = hashes;
            Assert.Equal(root, Hex(await new TiledTree(edge.Size, (tile, _) => new(tiles[tile])).Root(Ct)));
        }
    }

    /// <summary>Python's hashlib and the recursive definitions of the RFC, word for word.</summary>
    [Fact]
    public async Task Heads_and_proofs_are_those_of_a_program_that_shares_no_code()
    {
        var leaves = Leaves.Of(70_000);
        (int, int, int)[] asked = [(1, 0, 1), (2, 1, 1), (7, 3, 4), (256, 255, 255), (257, 256, 256), (1000, 17, 999), (65_536, 65_535, 300), (65_537, 65_536, 65_536), (70_000, 69_999, 65_537), (70_000, 0, 12_345)];
        var expected = await Python(asked);
        var i = 0;
        foreach (var (size, index, old) in asked)
        {
            var tree = leaves.At(size);
            string[] ours =
            [
                Hex(await tree.Root(Ct)),
                string.Join(' ', (await tree.Inclusion(index, Ct)).Select(Hex)),
                string.Join(' ', (await tree.Consistency(old, Ct)).Select(Hex)),
            ];
            Assert.Equal(expected[i..(i + 3)], ours);
            i += 3;
        }
    }

    [Fact]
    public void Every_proof_holds_and_holds_for_nothing_else()
    {
        var leaves = Leaves.Of(5000);
        Gen.Select(Gen.Int[1, 5000], Gen.Int[0, 4999], Gen.Int[0, 5000], Gen.Int[0, 1_000_000]).Sample(async (size, i, o, chance) =>
        {
            var (index, old, tree) = (i % size, o % (size + 1), leaves.At(size));
            var (root, leaf, proof) = (await tree.Root(Ct), TreeHash.Leaf(Leaves.Entry(index)), await tree.Inclusion(index, Ct));
            Assert.True(Proofs.Includes(root, size, index, leaf, proof));
            Assert.False(Proofs.Includes(root, size, index, TreeHash.Leaf(Leaves.Entry(index + 1)), proof));
            Assert.False(Proofs.Includes(TreeHash.Empty, size, index, leaf, proof));
            Assert.False(Proofs.Includes(root, size, (index + 1) % (size + 1), leaf, proof) && size > 1);
            Assert.False(Proofs.Includes(root, size, index, leaf, [.. proof, root]));
            if (proof.Count > 0)
            {
                Assert.False(Proofs.Includes(root, size, index, leaf, [.. proof.Skip(1)]));
                Assert.False(Proofs.Includes(root, size, index, leaf, Changed(proof, chance)));
            }

            var (oldRoot, grown) = (await leaves.At(old).Root(Ct), await tree.Consistency(old, Ct));
            Assert.True(Proofs.Extends(oldRoot, old, root, size, grown));
            Assert.False(Proofs.Extends(leaf, old, root, size, grown) && old != size);
            Assert.False(Proofs.Extends(oldRoot, old, oldRoot, size, grown) && old != size && old > 0);
            if (grown.Count > 0) Assert.False(Proofs.Extends(oldRoot, old, root, size, Changed(grown, chance)));
        }, iter: 300);
    }

    [Fact]
    public async Task A_tree_that_was_closed_goes_on_where_it_was()
    {
        foreach (var size in (int[])[1, 255, 256, 257, 65_535, 65_536, 65_537])
        {
            var reopened = await Leaves.Of(size).Reopened();
            reopened.Grow(700);
            Assert.Equal(await Leaves.Of(size + 700).At(size + 700).Root(Ct), await reopened.At(size + 700).Root(Ct));
        }
    }

    [Fact]
    public async Task A_spoiled_tile_gives_another_head()
    {
        var leaves = Leaves.Of(1000);
        var root = await leaves.At(1000).Root(Ct);
        leaves.Spoil(0, 3, 5);
        Assert.NotEqual(root, await leaves.At(1000).Root(Ct));
        Assert.Equal(await Leaves.Of(500).At(500).Root(Ct), await leaves.At(500).Root(Ct));
    }

    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(2, 1_234_067, 256, "tile/2/x001/x234/067")]
    [InlineData(1, 5, 17, "tile/1/005.p/17")]
    [InlineData(0, 1000, 1, "tile/0/x001/000.p/1")]
    public void A_tile_has_one_name(int level, long index, int width, string path)
    {
        Assert.Equal(path, new TileId(level, index, width).Path);
        Assert.Equal(new TileId(level, index, width), TileId.Parse(path["tile/".Length..]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0/1")]
    [InlineData("00/001")]
    [InlineData("64/001")]
    [InlineData("-1/001")]
    [InlineData("0/x000/001")]
    [InlineData("0/001/002")]
    [InlineData("0/001.p/0")]
    [InlineData("0/001.p/256")]
    [InlineData("0/001.p/07")]
    [InlineData("0/../../secret")]
    [InlineData("0/x999/x999/x999/x999/x999/x999/x999/999")]
    public void Nothing_else_names_a_tile(string path) => Assert.Null(TileId.Parse(path));

    static string Hex(TreeHash hash) => Convert.ToHexStringLower(hash.ToArray());

    static List<TreeHash> Changed(IReadOnlyList<TreeHash> proof, int chance)
    {
        var changed = proof.ToList();
        var bytes = changed[chance % changed.Count].ToArray();
        bytes[chance % TreeHash.Size] ^= (byte)(1 << (chance % 8));
        changed[chance % changed.Count] = new(bytes);
        return changed;
    }

    static async Task<string[]> Python((int Size, int Index, int Old)[] asked)
    {
        const string program = """
            import functools, hashlib, sys
            def h(b): return hashlib.sha256(b).digest()
            leaf = [h(b"\0fact %d" % i) for i in range(70000)]
            def split(n):
                k = 1
                while k * 2 < n: k *= 2
                return k
            @functools.lru_cache(None)
            def mth(a, b):
                if b - a == 1: return leaf[a]
                k = split(b - a)
                return h(b"\1" + mth(a, a + k) + mth(a + k, b))
            def path(m, a, b):
                if b - a == 1: return []
                k = split(b - a)
                return path(m, a, a + k) + [mth(a + k, b)] if m < k else path(m - k, a + k, b) + [mth(a, a + k)]
            def sub(m, a, b, whole):
                if m == b - a: return [] if whole else [mth(a, b)]
                k = split(b - a)
                return sub(m, a, a + k, whole) + [mth(a + k, b)] if m <= k else sub(m - k, a + k, b, False) + [mth(a, a + k)]
            for one in sys.argv[1:]:
                size, index, old = map(int, one.split(","))
                print(mth(0, size).hex())
                print(" ".join(x.hex() for x in path(index, 0, size)))
                print(" ".join(x.hex() for x in sub(old, 0, size, True)))
            """;
        Process? python = null;
        try
        {
            python = Process.Start(new ProcessStartInfo("python3", ["-c", program, .. asked.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Size},{a.Index},{a.Old}"))]) { RedirectStandardOutput = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not installed");
        }

        using (python)
        {
            var text = await python!.StandardOutput.ReadToEndAsync(Ct);
            await python.WaitForExitAsync(Ct);
            Assert.Equal(0, python.ExitCode);
            return text.Split('\n');
        }
    }
}
