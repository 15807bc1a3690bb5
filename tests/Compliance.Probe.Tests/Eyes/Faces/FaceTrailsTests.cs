using Compliance.Probe.Eyes.Faces;
using OpenCvSharp;

namespace Compliance.Probe.Tests.Eyes.Faces;

/// <summary>Where a face is hidden while nobody finds it. Ten frames a second.</summary>
public sealed class FaceTrailsTests
{
    const double Rate = 10;

    static Rect2f Face(float x, float y = 100, float width = 40) => new(x, y, width, width * 1.2f);

    static IReadOnlyList<IReadOnlyList<Rect2f>> Of(int frames, params (int Frame, Rect2f[] Boxes)[] seen) => FaceTrails.Of(seen.Select(one => new FacesSeen(one.Frame, one.Boxes)), frames, Rate);

    static bool Hides(IReadOnlyList<Rect2f> hidden, Rect2f face) =>
        hidden.Any(place => place.Left <= face.Left && place.Top <= face.Top && place.Right >= face.Right && place.Bottom >= face.Bottom);

    [Fact]
    public void A_face_that_is_missed_for_a_while_stays_hidden_on_its_way()
    {
        var hidden = Of(40, (10, [Face(100)]), (11, []), (12, []), (20, [Face(150)]));
        for (var n = 10; n <= 20; n++) Assert.True(Hides(hidden[n], Face(100 + (5 * (n - 10)))), $"frame {n}");
    }

    [Fact]
    public void It_is_hidden_before_it_is_found_first_and_after_it_is_found_last_and_no_longer()
    {
        var hidden = Of(60, (20, [Face(100)]), (22, [Face(100)]));
        for (var n = 12; n <= 30; n++) Assert.True(Hides(hidden[n], Face(100)), $"frame {n}");
        Assert.Empty(hidden[11]);
        Assert.Empty(hidden[31]);
        Assert.All(Of(3, (0, [Face(100)])), places => Assert.True(Hides(places, Face(100))));
    }

    [Fact]
    public void The_less_is_known_of_where_it_is_the_larger_is_what_is_hidden()
    {
        var hidden = Of(60, (20, [Face(100)]));
        Assert.True(hidden[26][0].Width > hidden[23][0].Width && hidden[23][0].Width > hidden[20][0].Width);
        Assert.True(hidden[14][0].Width > hidden[20][0].Width);
        Assert.True(hidden[20][0].Width > Face(100).Width);
    }

    [Fact]
    public void Two_faces_are_two_and_a_face_far_away_is_another_one()
    {
        var hidden = Of(40, (10, [Face(100), Face(300)]), (12, [Face(304), Face(104)]), (14, [Face(108), Face(308)]));
        Assert.All(hidden.Skip(10).Take(5), places => Assert.Equal(2, places.Count));
        Assert.True(Hides(hidden[13], Face(106)) && Hides(hidden[13], Face(306)));

        var jump = Of(40, (10, [Face(100)]), (12, [Face(500)]));
        Assert.True(Hides(jump[11], Face(100)) && Hides(jump[11], Face(500)));
        Assert.DoesNotContain(jump[11], place => place.Contains(new Point2f(320, 120)));

        var nearer = Of(40, (10, [Face(100)]), (12, [Face(80, 80, 100)]));
        Assert.Equal(2, nearer[11].Count);
    }

    [Fact]
    public void A_persons_head_is_in_the_upper_part_of_the_box_whether_all_of_him_is_in_it_or_less()
    {
        Assert.Equal(new Rect2f(106, 50, 28, 24), new Compliance.Probe.Eyes.Persons.PersonBox(100, 50, 40, 120, 0.9f).Head);
        Assert.Equal(55, new Compliance.Probe.Eyes.Persons.PersonBox(100, 50, 100, 110, 0.9f).Head.Height, 0.001);
        Assert.Equal(30, new Compliance.Probe.Eyes.Persons.PersonBox(100, 50, 100, 30, 0.9f).Head.Height, 0.001); // somebody who lies
    }

    [Fact]
    public void After_a_longer_gap_it_is_another_face()
    {
        var hidden = Of(60, (10, [Face(100)]), (30, [Face(100)]));
        Assert.Empty(hidden[20]);
        Assert.NotEmpty(hidden[18]);
        Assert.NotEmpty(hidden[22]);
    }
}
