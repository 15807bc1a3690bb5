using System.Net;
using Compliance.Probe.Watch.Panels;
using CsCheck;
using VenueSimulator.Panels;

namespace Compliance.Probe.Tests.Panels;

/// <summary>Whatever bytes come for the panels, the answer is one of the standard's or none, and nothing is kept that no panel said.</summary>
public sealed class HostilePanelTests
{
    static readonly Gen<byte[]> Bodies = Gen.OneOf(
        Gen.Byte.Array[0, 200],
        Gen.Select(OneOf("SIA-DCS", "ADM-CID", "NULL", "*SIA-DCS", "*ADM-CID", "*NULL", "XXX", ""), OneOf("0001", "99", "abcd", ""),
            OneOf("L0", "R1L0", "L", "RRRR", ""), OneOf("#1234", "#AAB1", "#", "#12345678901234567", ""),
            Gen.String[Gen.OneOf(Gen.Char['!', '~'], OneOf('[', ']', '|', '_', '#', '/', '^', '"', '\u00ff')), 0, 80],
            (id, number, line, account, rest) => System.Text.Encoding.Latin1.GetBytes($"\"{id}\"{number}{line}{account}[{rest}")));

    static Gen<T> OneOf<T>(params T[] those) => Gen.Int[0, those.Length - 1].Select(n => those[n]);

    [Fact]
    public void Frames_with_a_right_sum_around_anything()
    {
        using var reception = new Reception();
        Bodies.Sample(
            body =>
            {
                var frame = SimulatedPanel.Framed(System.Text.Encoding.Latin1.GetString(body));
                Assert.InRange(reception.It.Answer(frame.AsSpan()[1..^1], IPAddress.Loopback)?.Length ?? 0, 0, 200);
            },
            iter: Fuzz.Inputs, threads: 1);
        Assert.All(reception.Kept, kept => Assert.InRange(kept.Message.Said.Count, 0, 8));
    }

    [Fact]
    public void Streams_of_cut_and_changed_frames()
    {
        using var reception = new Reception();
        using var plain = new SimulatedPanel("1234", null, reception.Clock);
        using var encrypted = new SimulatedPanel("AAB1", Reception.Key, reception.Clock);
        Gen.Select(Gen.Bool, Gen.Int[0, 120], Gen.Select(Gen.Int[0, 200], Gen.Byte).Array[0, 4], Gen.Byte.Array[0, 40]).Sample(
            (isPlain, cut, changes, noise) =>
            {
                var frame = isPlain ? plain.Sia("FA01/FT02^x^") : encrypted.Sia("FA01");
                foreach (var (at, value) in changes) frame[at % frame.Length] = value;
                byte[] stream = [.. noise, .. frame.Take(cut), .. frame];
                var splitter = new Dc09Splitter();
                for (ReadOnlySpan<byte> left = stream; splitter.Next(ref left, out var found);)
                    reception.It.Answer(found, IPAddress.Loopback);
                Assert.InRange(splitter.Garbage, 0, stream.Length);
            },
            iter: Fuzz.Inputs, threads: 1);
    }
}
