using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Compliance.Api.Evidence;
using Compliance.Api.Tests.Reports;
using Compliance.Api.TransparentLog;
using Compliance.Domain.Evidence;
using Compliance.Domain.TransparentLog;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Evidence;

/// <summary>A document that proves itself, in the hands of honest people and of others.</summary>
public sealed class VerifierTests(Issued issued) : IClassFixture<Issued>
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Verification Check(byte[] pdf, Beliefs? beliefs = null) => Verifier.Check("x.pdf", pdf, beliefs ?? new());

    static string Told(Verification verification) => string.Join('\n', verification.Steps.Select(s => $"{s.Holds} {s.Step}: {s.Sentence}"));

    static void Fails(byte[] pdf, string sentence, Beliefs? beliefs = null)
    {
        var verification = Check(pdf, beliefs);
        Assert.False(verification.Holds, Told(verification));
        Assert.True(verification.Steps.Any(s => s.Holds == Holds.No && s.Sentence.Contains(sentence, StringComparison.Ordinal)), Told(verification));
    }

    [Fact]
    public void What_the_owner_took_home_holds_step_by_step()
    {
        var verification = Check(issued.Pdf, new(issued.House.Services.GetRequiredService<LogIdentity>().Signer.Key));
        Assert.True(verification.Holds, Told(verification));
        Assert.Equal(
            ["Yes signature", "Open signature", "Yes facts", "Yes log", "Yes proof", "Yes figures"], verification.Steps.Select(s => $"{s.Holds} {s.Step}"));
        Assert.True(verification.Figures > 20, Told(verification));
    }

    [Fact]
    public async Task Independent_tools_take_it_for_a_signed_file_that_covers_everything()
    {
        var pdf = issued.File;
        await Tool.Run("qpdf", "--check", pdf);
        var signature = await Tool.Run("pdfsig", "-nocert", pdf);
        Assert.Contains("Signature Validation: Signature is Valid.", signature, StringComparison.Ordinal);
        Assert.Contains("Total document signed", signature, StringComparison.Ordinal);
        Assert.Contains("ETSI.CAdES.detached", signature, StringComparison.Ordinal);
        var list = await Tool.Run("pdfdetach", "-list", pdf);
        Assert.All((string[])[FactsFile.Name, Issuer.Checkpoint, Issuer.Proof], name => Assert.Contains(name, list, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_may_not_read_the_addresses_can_check_the_rest_all_the_same()
    {
        using var oversight = issued.House.As(Guid.NewGuid(), "oversight");
        var pdf = await issued.Audit(oversight);
        var verification = Check(pdf);
        Assert.True(verification.Holds, Told(verification));
        Assert.Contains("shown in part", verification.Steps.Single(s => s.Step == "proof").Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("10.20.", Encoding.UTF8.GetString(Issued.Attached(pdf)[FactsFile.Name]), StringComparison.Ordinal);
    }

    [Fact]
    public void No_bit_of_it_may_change()
    {
        var pdf = issued.Pdf;
        Gen.Int[0, (pdf.Length * 8) - 1].Sample(bit =>
        {
            var changed = pdf.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var verification = Check(changed);
            Assert.False(verification.Holds, $"bit {bit}: {Told(verification)}");
        }, iter: 1500);
    }

    [Fact]
    public void A_file_that_is_cut_off_or_goes_on_is_refused()
    {
        var pdf = issued.Pdf;
        Gen.Int[0, pdf.Length - 1].Sample(length => Assert.False(Check(pdf[..length]).Holds), iter: 200);
        Fails(pdf[..^100], "cut off");
        Fails([.. pdf, .. "\n% nothing to see here\n"u8], "added after the last signature");
        Fails([], "empty");
        Fails("PK\x03\x04"u8.ToArray(), "a ZIP, not a PDF");
        Fails("hello"u8.ToArray(), "no PDF");
    }

    [Fact]
    public async Task A_figure_that_does_not_follow_from_the_facts_is_named()
    {
        var pdf = await issued.Forged(facts: f => f with { Figures = new SortedDictionary<string, double>(f.Figures.ToDictionary(), StringComparer.Ordinal) { ["camera.down"] = 0 } });
        Fails(pdf, "camera.down is printed as 0");
    }

    [Fact]
    public async Task A_fact_that_was_changed_added_or_left_out_is_found()
    {
        const string unfit = "do not lead to the signed head";
        Fails(await issued.Forged(facts: f => f with { Facts = [f.Facts[0] with { RecordedAt = f.Facts[0].RecordedAt.AddHours(-1) }, .. f.Facts.Skip(1)] }), unfit);
        Fails(await issued.Forged(facts: f => f with { Facts = [f.Facts[0] with { Data = Changed(f.Facts[0].Data) }, .. f.Facts.Skip(1)] }), unfit);
        Fails(await issued.Forged(facts: f => f with { Facts = [.. f.Facts.Skip(1)] }), unfit);
        Fails(await issued.Forged(facts: f => f with { Facts = [.. f.Facts, f.Facts[0] with { EventId = Guid.NewGuid() }] }), "has no place in the log");
        Fails(await issued.Forged(facts: f => f with { Facts = [.. f.Facts, f.Facts[0]] }), "stands twice");
        Fails(await issued.Forged(files: f => f[FactsFile.Name] = f[FactsFile.Name].Replace("\"data\":", "\"data\": ", StringComparison.Ordinal)), "not canonical JSON");

        static byte[] Changed(ReadOnlyMemory<byte> data)
        {
            var text = Encoding.UTF8.GetString(data.Span);
            return Encoding.UTF8.GetBytes(text.Replace(":true", ":false", StringComparison.Ordinal) is var other && other != text ? other : text.Replace("1", "2", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_head_of_another_log_of_an_older_tree_or_of_nobody_is_found()
    {
        var identity = issued.House.Services.GetRequiredService<LogIdentity>();
        var (own, other) = (identity.Signer, new NoteSigner("other.example/log", NoteKeyKind.Log, new byte[32]));
        var head = Checkpoint.Parse(SignedNote.Parse(Encoding.UTF8.GetString(Issued.Attached(issued.Pdf)[Issuer.Checkpoint]))!.Text)!;
        Fails(await issued.Forged(files: f => f[Issuer.Checkpoint] = Signed(head with { Origin = "other.example/log" }, other)), "is not signed by records.example/log");
        Fails(await issued.Forged(files: f => f[Issuer.Checkpoint] = Signed(head with { Size = head.Size - 1 }, own)), "the proof of another tree");
        Fails(await issued.Forged(files: f => f[Issuer.Checkpoint] = Signed(head with { Root = TreeHash.Empty }, own)), "do not lead to the signed head");
        Fails(await issued.Forged(files: f => f.Remove(Issuer.Checkpoint)), "head of the log is missing");
        Fails(await issued.Forged(facts: f => f with { Proof = null }), "No proof is attached");
        Fails(await issued.Forged(files: f => f[Issuer.Proof] = f[Issuer.Proof].Replace("index ", "index 1", StringComparison.Ordinal)), "the proof of something else");
        Fails(issued.Pdf, "another log than the one you know", new(LogKey: other.Key));
        Fails(issued.Pdf, "did not sign this head", new(Witnesses: [new NoteSigner("w.example", NoteKeyKind.Witness, new byte[32]).Key]));

        static string Signed(Checkpoint head, NoteSigner signer) =>
            new SignedNote(head.ToString(), [new(signer.Key.Name, signer.Key.Id, signer.Sign(Encoding.UTF8.GetBytes(head.ToString())))]).ToString();
    }

    [Fact]
    public async Task A_strangers_seal_is_told_from_the_one_you_trust()
    {
        var forged = await issued.Forged();
        Assert.True(Check(forged).Holds);
        Fails(forged, "a stranger's", new(Trusted: [issued.Seals.Seal]));
        using var another = Issued.Certificate("CN=Another");
        Fails(forged, "a stranger's", new(Trusted: [another]));
        Fails(await Unsigned(), "bears no signature");

        async Task<byte[]> Unsigned()
        {
            using var printer = PrintedAudit.Printer();
            return await printer.Print(new("<p>x</p>", Guid.NewGuid(), issued.House.Clock.GetUtcNow(), Issued.Attached(issued.Pdf).ToDictionary(f => f.Key, f => Encoding.UTF8.GetString(f.Value))), Ct);
        }
    }

    /// <summary>What a hostile file can do to a reader: unpack without end, nest without end, go round in circles, claim what is not there.</summary>
    [Fact]
    public void A_hostile_file_gets_its_sentence_and_no_more_memory()
    {
        var bomb = new MemoryStream();
        using (var packing = new ZLibStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
            for (var i = 0; i < 100; i++) packing.Write(new byte[1 << 20]);
        Fails(Pdf($"<< /Names << /EmbeddedFiles << /Names [(facts.json) 2 0 R] >> >> >>", "<< /UF (facts.json) /EF << /F 3 0 R >> >>",
            $"<< /Length {bomb.Length} /Filter /FlateDecode >>\nstream\n{Encoding.Latin1.GetString(bomb.ToArray())}\nendstream"), "unpacks to more than");
        Fails(Pdf(string.Concat(Enumerable.Repeat("[", 10_000))), "nested too deeply");
        Fails(Pdf("2 0 R", "3 0 R", "2 0 R"), "round in circles");
        Fails(Pdf("<< /Names << /EmbeddedFiles << /Names [(a) 2 0 R (b) 2 0 R] >> >> >>", "<< /UF (facts.json) /EF << /F 3 0 R >> >>", "<< /Length 9999999 >>\nstream\nx\nendstream"), "longer than the file");
        Fails(Pdf("<< /AcroForm << /Fields [2 0 R] >> >>", "<< /V << /ByteRange [0 1 5 99999999] /Contents <00> >> >>"), "which bytes it covers");
        Fails(Encoding.Latin1.GetBytes("%PDF-1.7\nstartxref\n0\n%%EOF\n"), "has another form");
        Fails(Encoding.Latin1.GetBytes("%PDF-1.7\nxref\n0 0\ntrailer\n<< /Size 1 /Prev 9 >>\nstartxref\n9\n%%EOF\n"), "leads nowhere");
        Fails(new byte[Verifier.LongestFile + 1], "has at most");
        const string oneFile = "<< /Names << /EmbeddedFiles << /Names [(facts.json) 2 0 R] >> >> >>", here = "<< /UF (facts.json) /EF << /F 3 0 R >> >>";
        Fails(Pdf(oneFile, here, "<< /Length 3 0 R >>\nstream\nx\nendstream"), "round in circles");
        Fails(Pdf($"[{string.Concat(Enumerable.Repeat("0 ", 200_001))}]"), "holds more than");
        Fails(Pdf($"<< /Names << /EmbeddedFiles << /Names [{string.Concat(Enumerable.Repeat("(a) 2 0 R ", 17))}] >> >> >>", here, "null"), "17 files are attached");
        Fails(Pdf($"<< /AcroForm << /Fields [{string.Concat(Enumerable.Repeat("2 0 R ", 17))}] >> >>", "<< >>"), "places for signatures");
        var half = new MemoryStream();
        using (var packing = new ZLibStream(half, CompressionLevel.SmallestSize, leaveOpen: true))
            for (var i = 0; i < 40; i++) packing.Write(new byte[1 << 20]);
        Fails(Pdf("<< /Names << /EmbeddedFiles << /Names [(a) 2 0 R (b) 4 0 R] >> >> >>", here, $"<< /Length {half.Length} /Filter /FlateDecode >>\nstream\n{Encoding.Latin1.GetString(half.ToArray())}\nendstream", "<< /UF (log.checkpoint) /EF << /F 3 0 R >> >>"), "unpacks to more than");
        Gen.Byte.Array[0, 4096].Sample(noise => Assert.False(Check([.. "%PDF-1.7\n"u8, .. noise, .. "\nstartxref\n9\n%%EOF\n"u8]).Holds), iter: 500);
    }

    [Fact]
    public async Task The_command_says_it_in_words_in_JSON_and_by_its_exit_code()
    {
        var said = new StringWriter();
        Assert.Equal(0, await VerifyCommand.Run([issued.File], said, Ct));
        Assert.Contains("It holds.", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await VerifyCommand.Run([issued.Write("cut.pdf", issued.Pdf[..5000]), issued.File, "/nowhere.pdf", "--json"], said = new(), Ct));
        var lines = said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([false, true, false], lines.Select(line => line.GetProperty("holds").GetBoolean()));
        Assert.Equal("No", lines[2].GetProperty("steps")[0].GetProperty("holds").GetString());
        Assert.Equal(2, await VerifyCommand.Run([issued.File, "/nowhere.pdf", Path.GetTempPath()], said = new(), Ct));
        Assert.Contains("/nowhere.pdf\n  Nothing was checked: There is no such file.", said.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("NOT", said.ToString(), StringComparison.Ordinal);
        foreach (var wrong in (string[][])[[], ["--key", "nonsense", "x.pdf"], ["--trust", "/nowhere.pem", "x.pdf"], ["--what"]]) Assert.Equal(2, await VerifyCommand.Run(wrong, said, Ct));
    }

    /// <summary>A small file of our form from the texts of its objects; the first is the catalog.</summary>
    static byte[] Pdf(params string[] objects)
    {
        var (text, offsets) = (new StringBuilder("%PDF-1.7\n"), new List<int>());
        for (var i = 0; i < objects.Length; i++)
        {
            offsets.Add(text.Length);
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var table = text.Length;
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n");
        return Encoding.Latin1.GetBytes(text.Append(System.Globalization.CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").ToString());
    }
}
