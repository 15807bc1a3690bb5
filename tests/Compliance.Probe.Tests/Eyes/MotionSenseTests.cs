using Compliance.Probe.Eyes;

namespace Compliance.Probe.Tests.Eyes;

public sealed class MotionSenseTests
{
    /// <summary>Every third frame is a flash.</summary>
    static double Strobe(int t) => t % 3 == 1 ? 1.7 : 0.7;

    static float Most(MotionField? field) => field!.Energy.Max();

    [Fact]
    public void A_flash_over_a_still_room_moves_nothing()
    {
        var fields = Pictures.Moving(24, 0, light: Strobe).Fields();
        Assert.All(fields.OfType<MotionField>(), field => Assert.Equal(0, Most(field)));
        Assert.True(fields.Count(field => field is not null) > 10);
    }

    [Fact]
    public void Under_flashes_the_frame_before_the_flash_is_the_partner()
    {
        var fields = Pictures.Moving(24, 3, 8, Strobe).Fields();
        Assert.Contains(fields, field => field?.Step == 2);
        Assert.All(fields.OfType<MotionField>(), field => Assert.True(Most(field) > Blob.Moving));
    }

    [Fact]
    public void Where_every_frame_is_lit_otherwise_no_pair_is_left()
    {
        var fields = Pictures.Moving(24, 3, light: t => (t % 5) switch { 0 => 0.3, 1 => 0.6, 2 => 0.9, 3 => 1.2, _ => 1.6 }).Fields();
        Assert.All(fields, Assert.Null);
        Assert.False(new Window(default, default, fields.Count, fields.Count, []).Tells);
    }

    [Fact]
    public void A_picture_of_another_size_is_compared_with_none()
    {
        var (sense, frame) = (new MotionSense(), Pictures.Moving(24, 0, 1)[0]);
        sense.See(frame);
        Assert.Null(sense.See(new(128, 72, TimeSpan.Zero, new byte[128 * 72])));
    }
}
