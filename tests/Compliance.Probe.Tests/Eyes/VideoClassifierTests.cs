using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Tests.Eyes.Faces;
using Compliance.Probe.Tests.Tell;

namespace Compliance.Probe.Tests.Eyes;

public sealed class VideoClassifierTests
{
    const int Frames = 4, Side = 8;

    static readonly SlotInput Input = new(Side, Side, "RGB", 0, 1 / 255f, Frames: Frames);

    /// <summary>Opens a network that says, as a class each, how bright each frame (or each channel) of a clip is on the whole.</summary>
    static VideoClassifier? Open(Folder folder, SlotInput says, SlotClasses? answer, SlotInput? takes = null)
    {
        var bytes = TinyNet.Clip([.. (takes ?? says).Shape.Select(size => (long)size)]);
        File.WriteAllBytes(folder["tiny.onnx"], bytes);
        return VideoClassifier.Open(new(folder[""], [FaceModels.TinySlot(bytes) with { Slot = ModelSlots.Video, Input = says, Answer = answer }]));
    }

    static Frame Even(byte luma, int t) => new(16, 12, TimeSpan.FromSeconds(t / 10.0), [.. Enumerable.Repeat(luma, 16 * 12)]);

    /// <summary>Dark but for the third quarter.</summary>
    static IReadOnlyList<Frame> Clip => [.. Enumerable.Range(0, 20).Select(t => Even(t is >= 10 and < 15 ? (byte)255 : (byte)0, t))];

    [Theory]
    [InlineData(SlotInput.ByChannel), InlineData(SlotInput.ByFrame)]
    public void Frames_are_drawn_over_the_whole_window_and_fed_in_the_order_that_the_slot_says(string layout)
    {
        using var folder = new Folder();
        // Classes are the second axis: frames where frames come first, else channels.
        var byFrame = layout == SlotInput.ByFrame;
        using var network = Open(folder, Input with { Layout = layout }, new(byFrame ? 2 : 0, byFrame ? Frames : 3, false))!;
        Assert.Equal(byFrame ? 1 : 0.25, network.Score(Clip)!.Value, 4);
    }

    [Fact]
    public void Logits_become_shares_and_without_pictures_nothing_is_said()
    {
        using var folder = new Folder();
        using var network = Open(folder, Input with { Layout = SlotInput.ByFrame }, new(2, Frames, true))!;
        Assert.Equal(Math.E / (Math.E + 3), network.Score(Clip)!.Value, 4);
        Assert.Null(network.Score([]));
    }

    [Theory]
    [InlineData("frames", "takes 1x3x8x8x8; the slot says 1x3x4x8x8")]
    [InlineData("layout", "takes 1x4x3x8x8; the slot says 1x3x4x8x8")]
    [InlineData("picture", "takes 1x3x8x8; the slot says 1x3x4x8x8")]
    [InlineData("classes", "gives 1x3; the slot says 1x400")]
    [InlineData("answer", "answer.classes")]
    [InlineData("still", "input.frames")]
    public void A_network_of_other_shapes_is_refused_by_name(string how, string why)
    {
        using var folder = new Folder();
        var takes = how switch { "frames" => Input with { Frames = 8 }, "layout" => Input with { Layout = SlotInput.ByFrame }, "picture" => Input with { Frames = 0 }, _ => Input };
        var refused = Assert.Throws<ModelRefused>(() => Open(folder, how == "still" ? Input with { Frames = 0 } : Input, how == "answer" ? null : new(0, how == "classes" ? 400 : 3, true), takes));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Contains("tiny.onnx", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_brings_none_has_none_and_a_list_says_how_it_is_fed()
    {
        using var folder = new Folder();
        Assert.Null(VideoClassifier.Open(ModelSlots.Read(folder[""])));
        File.WriteAllText(folder[ModelSlots.ListName], """
            {"format":"compliance.slots.v1","slots":[{"slot":"video-classifier","name":"own","file":"own.onnx","bytes":1,"sha256":"0000000000000000000000000000000000000000000000000000000000000000","licence":"own",
            "address":"","input":{"width":172,"height":172,"order":"RGB","means":[114.75,114.75,114.75],"scales":[0.0174,0.0174,0.0174],"frames":16,"layout":"CTHW"},"answer":{"fight":1,"classes":2,"logits":true}}]}
            """);
        var slot = ModelSlots.Read(folder[""])[ModelSlots.Video]!;
        Assert.Equal([1, 3, 16, 172, 172], slot.Input.Shape);
        Assert.Equal(new(1, 2, true), slot.Answer);
        Assert.Contains("not installed", Assert.Throws<ModelRefused>(() => VideoClassifier.Open(ModelSlots.Read(folder[""]))).Message, StringComparison.Ordinal);
    }
}
