using Compliance.Probe.Look;

namespace Compliance.Probe.Tests.Look;

public sealed class UsualTests
{
    static readonly DateTimeOffset At = new(2026, 6, 1, 19, 0, 0, TimeSpan.Zero);
    static readonly LookSettings Settings = new();

    [Fact]
    public void What_is_usual_moves_over_hours_not_minutes_and_does_move()
    {
        var usual = new Usual(Settings);
        for (var i = 0; i < Settings.UsualOver; i++) usual.Remember(Seen(0.1f), null, At);
        for (var i = 0; i < 86; i++) usual.Remember(Seen(0.2f), null, At);
        Assert.InRange(usual.At(At).Outline[0], 0.1, 0.11);
        for (var i = 0; i < 3 * Settings.UsualOver; i++) usual.Remember(Seen(0.2f), null, At);
        Assert.InRange(usual.At(At).Outline[0], 0.19, 0.2);
    }

    [Fact]
    public void An_hour_is_held_against_itself_only_when_half_of_it_was_seen()
    {
        var usual = new Usual(Settings);
        for (var i = 0; i < Settings.HourHistory; i++) usual.Remember(Seen(0.1f), null, At);
        for (var i = 1; i < Settings.HourHistory; i++) usual.Remember(Seen(0.3f), null, At.AddHours(1));
        Assert.InRange(usual.At(At.AddHours(1)).Outline[0], 0.15, 0.25);
        usual.Remember(Seen(0.3f), null, At.AddHours(1));
        Assert.Equal(0.3, usual.At(At.AddHours(1)).Outline[0], 0.001);
        Assert.Equal(0.1, usual.At(At).Outline[0], 0.001);
    }

    static PictureFacts Seen(float outline)
    {
        var cells = new float[Cells.Count];
        Array.Fill(cells, outline);
        return new(100, 20, 0, cells, new float[Cells.Count], new HashSet<int>());
    }
}
