using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Tests.Tell;
using OpenCvSharp;

namespace Compliance.Probe.Tests.Eyes.Faces;

public sealed class ModelSlotTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void The_list_that_came_with_the_program_names_licence_hash_and_address_of_each()
    {
        using var folder = new Folder();
        foreach (var slot in ModelSlots.Read(folder[""]).All)
        {
            Assert.All((string[])[slot.Name, slot.Licence], text => Assert.NotEmpty(text));
            Assert.Equal(64, slot.Sha256.Length);
            Assert.StartsWith("https://", slot.Address, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_network_that_is_not_there_is_named_with_what_to_do()
    {
        using var folder = new Folder();
        var slots = ModelSlots.Read(folder[""]);
        var refused = Assert.Throws<ModelRefused>(() => FaceRecogniser.Open(slots));
        Assert.Contains("./run models", refused.Message, StringComparison.Ordinal);
        Assert.Contains(slots[ModelSlots.Recogniser]!.File, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut", "bytes")]
    [InlineData("bit", "SHA-256")]
    [InlineData("noise", "is no network")]
    [InlineData("shape", "1x3x56x56")]
    [InlineData("length", "48 numbers")]
    public void Another_file_is_refused_by_name_and_says_why(string how, string why)
    {
        using var folder = new Folder();
        var bytes = how == "shape" ? TinyNet.Write(56) : how == "noise" ? [.. Enumerable.Range(0, 4000).Select(n => (byte)(n * 31))] : TinyNet.Write();
        var slot = FaceModels.TinySlot(bytes, how == "length" ? 128 : TinyNet.Length);
        if (how == "bit") bytes[^10] ^= 1;
        File.WriteAllBytes(folder[slot.File], how == "cut" ? bytes[..^20] : bytes);
        var refused = Assert.Throws<ModelRefused>(() => FaceRecogniser.Open(new(folder[""], [slot])));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Contains("tiny.onnx", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recogniser_in_the_place_of_the_detector_is_refused()
    {
        using var folder = new Folder();
        var bytes = TinyNet.Write();
        File.WriteAllBytes(folder["tiny.onnx"], bytes);
        var refused = Assert.Throws<ModelRefused>(() => FaceFinder.Open(new(folder[""], [FaceModels.TinySlot(bytes) with { Slot = ModelSlots.Detector }])));
        Assert.Contains("YuNet", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"format\":\"compliance.slots.v1\",\"slots\":[{\"slot\":\"face-detector\",\"file\":\"../../etc/passwd\"}]}")]
    [InlineData("nothing")]
    public void A_list_that_cannot_be_understood_is_refused(string text)
    {
        using var folder = new Folder();
        File.WriteAllText(folder[ModelSlots.ListName], text);
        Assert.Throws<ModelRefused>(() => ModelSlots.Read(folder[""]));
    }

    [Fact]
    public async Task Networks_are_brought_by_their_hash_and_others_are_not_kept()
    {
        using Folder from = new(), to = new();
        var bytes = TinyNet.Write();
        var slot = FaceModels.TinySlot(bytes);
        var slots = new ModelSlots(to[""], [slot]);
        using var http = new HttpClient();
        var said = new StringWriter();

        await File.WriteAllBytesAsync(from[slot.File], [.. bytes[..^1], 0xff], Ct);
        Assert.Equal(1, await FetchModels.Run(slots, from[""], http, said, Ct));
        Assert.Empty(Directory.EnumerateFiles(to[""]));
        await File.WriteAllBytesAsync(from[slot.File], [.. bytes, 0], Ct);
        Assert.Equal(1, await FetchModels.Run(slots, from[""], http, said, Ct));
        Assert.Empty(Directory.EnumerateFiles(to[""]));
        await File.WriteAllBytesAsync(from[slot.File], bytes, Ct);
        Assert.Equal(0, await FetchModels.Run(slots, from[""], http, said, Ct));

        using var recogniser = FaceRecogniser.Open(slots);
        using var gray = new Mat(112, 112, MatType.CV_8UC3, Scalar.All(200));
        using var template = recogniser.Template(gray);
        Assert.Equal(TinyNet.Length, template.Length);
    }

    [Fact]
    public void A_recogniser_that_nobody_measured_matches_nobody_and_what_is_measured_is_kept_by_its_hash()
    {
        using var folder = new Folder();
        var slots = FaceModels.Slots(folder);
        var slot = slots[ModelSlots.Recogniser]!;
        Assert.False(slots.ThresholdsOf(slot).IsMeasured);
        slots.Keep(slot, new([new(1e-3, 0.4), new(1e-5, 0.6)]));
        Assert.Equal(0.5, slots.ThresholdsOf(slot).At(1e-4)!.Value, 6);
        Assert.False(slots.ThresholdsOf(slot with { Sha256 = new('0', 64) }).IsMeasured);
    }
}
