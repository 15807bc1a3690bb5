using System.Security.Cryptography;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Eyes.Persons;
using Compliance.Probe.Tests.Eyes.Faces;
using Compliance.Probe.Tests.Tell;
using Microsoft.Extensions.Logging.Abstractions;
using OpenCvSharp;
using VenueSimulator.Pictures;

namespace Compliance.Probe.Tests.Eyes.Persons;

public sealed class PersonFinderTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The listed network from beside the repository.</summary>
    static PersonFinder Finder()
    {
        using var none = new Folder();
        return PersonFinder.Open(ModelSlots.Read(none["."]) with { Folder = FaceModels.SharedOrSkip() });
    }

    /// <summary>Somebody stands at a table at the beginning and after twenty seconds, nobody after forty.</summary>
    static async Task<IReadOnlyList<Frame>> Room(int width)
    {
        Assert.SkipWhen(RealFootage.Folder is null, "no footage lies beside the repository");
        var frames = new List<Frame>();
        await foreach (var frame in Footage.Frames(Path.Combine(RealFootage.Folder!, "calm", "one-by-one-person-detection.mp4"), 1 / 20.0, $"{width}:-2", Ct))
        {
            frames.Add(frame);
            if (frames.Count == 3) break;
        }

        return frames;
    }

    [Theory]
    [InlineData(256), InlineData(416), InlineData(768)]
    public async Task Somebody_in_a_room_is_found_where_they_stand_and_nobody_in_an_empty_one(int width)
    {
        using var finder = Finder();
        var room = await Room(width);
        foreach (var frame in room.Take(2))
        {
            var person = Assert.Single(finder.Find(frame));
            Assert.InRange(person.CentreX / frame.Width, 0.5, 0.7);
            Assert.InRange(person.Height / frame.Height, 0.7, 1);
            Assert.True(person.X >= 0 && person.Y >= 0 && person.X + person.Width <= frame.Width && person.Y + person.Height <= frame.Height);
        }

        Assert.Empty(finder.Find(room[2]));
    }

    [Fact]
    public async Task Each_of_several_is_found_once_and_a_frame_with_its_colours_is_read_too()
    {
        using var finder = Finder();
        var room = await Room(Frame.StandardWidth);
        using var two = new Mat();
        using (Mat first = room[0].Bgr(), second = room[1].Bgr()) Cv2.HConcat(first, second, two);
        var found = finder.Find(two).OrderBy(box => box.X).ToList();
        Assert.Equal(2, found.Count);
        Assert.True(found[0].CentreX < Frame.StandardWidth && found[1].CentreX > Frame.StandardWidth);

        var grey = room[0];
        var coloured = grey with { Luma = [.. grey.Luma, .. Enumerable.Repeat((byte)128, grey.Luma.Length / 2)] };
        Assert.True(Assert.Single(finder.Find(coloured)).Overlap(finder.Find(grey)[0]) > 0.9);
    }

    [Theory]
    [InlineData(1, 1), InlineData(33, 9), InlineData(9, 400), InlineData(3840, 2160)]
    public void Pictures_of_any_size_are_looked_at_and_noise_is_nobody(int width, int height)
    {
        using var finder = Finder();
        using var noise = new Mat(height, width, MatType.CV_8UC3);
        Cv2.Randu(noise, Scalar.All(0), Scalar.All(255));
        Assert.Empty(finder.Find(noise));
        noise.SetTo(Scalar.All(0));
        Assert.Empty(finder.Find(noise));
    }

    [Fact]
    public async Task Cameras_that_look_at_the_same_time_do_not_disturb_each_other()
    {
        using var finder = Finder();
        var room = await Room(Frame.StandardWidth);
        var alone = room.Select(frame => finder.Find(frame)).ToList();
        Parallel.For(0, 12, i => Assert.Equal(alone[i % room.Count], finder.Find(room[i % room.Count])));
    }

    [Theory]
    [InlineData("missing", "./run models")]
    [InlineData("cut", "bytes")]
    [InlineData("bit", "SHA-256")]
    [InlineData("noise", "is no network")]
    [InlineData("shape", "takes 1x3x56x56")]
    [InlineData("kind", "NanoDet")]
    public void Without_the_network_it_is_said_why_and_all_else_runs(string how, string why)
    {
        using var folder = new Folder();
        var bytes = how == "noise" ? [.. Enumerable.Range(0, 4000).Select(n => (byte)(n * 31))] : TinyNet.Write(how == "shape" ? 56 : 112);
        var slot = FaceModels.TinySlot(bytes) with { Slot = ModelSlots.Persons };
        if (how == "bit") bytes[^10] ^= 1;
        if (how != "missing") File.WriteAllBytes(folder[slot.File], how == "cut" ? bytes[..^20] : bytes);
        var said = new Said<PersonMeans>();
        using var means = PersonMeans.Installed(said, new(folder[""], [slot]));
        Assert.Null(means.Finder);
        var line = Assert.Single(said.Lines);
        Assert.Contains(why, line, StringComparison.Ordinal);
        Assert.Contains("tiny.onnx", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_listed_network_is_the_one_that_was_measured()
    {
        using var folder = new Folder();
        var slot = ModelSlots.Read(folder["."])[ModelSlots.Persons]!;
        var bytes = File.ReadAllBytes(Path.Combine(FaceModels.SharedOrSkip(), slot.File));
        Assert.Equal((slot.Bytes, slot.Sha256), (bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
    }

    [Fact]
    public async Task What_smallness_costs_is_measured_on_any_footage_and_files_that_are_none_are_passed_over()
    {
        using var finder = Finder();
        using var folder = new Folder();
        Assert.SkipWhen(RealFootage.Folder is null, "no footage lies beside the repository");
        await Footages.Make(folder["walk.mp4"], $"-i {Path.Combine(RealFootage.Folder!, "calm", "one-by-one-person-detection.mp4")} -vf fps=1/20,setpts=N/2/TB -r 2 -frames:v 3 -c:v libx264 -preset ultrafast", Ct);
        await File.WriteAllTextAsync(folder["labels.tsv"], "file\tfight\tgroup\n", Ct);
        var said = new StringWriter();
        Assert.Equal(0, await EvaluatePersons.Folder(folder["."], finder, said, Ct));
        var lines = said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Text.Json.JsonElement.Parse(line)).ToDictionary(line => line.GetProperty("picture").GetString()!);
        Assert.Equal(5, lines.Count);
        Assert.Equal(1, lines["416 rows, colour"].GetProperty("foundAgain").GetDouble());
        Assert.All(lines.Values, line => Assert.Equal(3, line.GetProperty("pictures").GetInt32()));
        Assert.InRange(lines["256 columns, grey"].GetProperty("foundAgain").GetDouble(), 0.6, 1);
    }

    [Fact]
    public void Overlap_is_the_shared_part_of_both()
    {
        var box = new PersonBox(10, 10, 20, 40, 1);
        Assert.Equal(1, box.Overlap(box));
        Assert.Equal(0, box.Overlap(box with { X = 30 }));
        Assert.Equal(1 / 3f, box.Overlap(box with { X = 20 }), 5);
    }
}
