using Compliance.Domain.Devices;
using Compliance.Probe.Judge;

namespace Compliance.Probe.Tests.Judge;

/// <summary>A verdict that stands while its reason becomes another one.</summary>
public sealed class ReasonTests : JudgedCamera
{
    const string Refused = "NotConnected ConnectionRefused", NoRoute = "NotConnected HostUnreachable";

    [Fact]
    public void Too_few_frames_and_then_another_size_are_one_breach_with_two_reasons()
    {
        Online();
        for (var i = 0; i < 3; i++) Window(8);
        var began = Told.Single().Since;
        Window(8, width: 640);
        Window(8, width: 640);
        var found = Now;
        for (var i = 0; i < 4; i++) Window(8, width: 640);
        Assert.Single(Told);
        for (var i = 0; i < 2; i++) Window(8, width: 640);
        Assert.Equal([Verdict.ParameterViolation, Verdict.ParameterViolation], Verdicts);
        Assert.Equal(("FramesLow 8 25", "FormatDiffers H264/640×1080 H264/1920×1080"), (Told[0].Detail, Told[1].Detail));
        Assert.Equal((began, found), (Told[1].Since, Told[1].ReasonSince!.Value));
    }

    [Fact]
    public void A_camera_that_is_refused_and_then_has_no_route_stays_in_its_outage()
    {
        Online();
        Away(120, Refused);
        var (began, turned) = (Told.Single().Since, Now);
        Away(290, NoRoute);
        Assert.Single(Told);
        Away(60, NoRoute);
        Assert.Equal([Refused, NoRoute], Told.Select(held => held.Detail));
        Assert.Equal([began, began], Told.Select(held => held.Since));
        Assert.InRange(Told[1].ReasonSince!.Value - turned, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Pictures(70);
        Assert.Equal((Verdict.Online, (DateTimeOffset?)null), (Told[2].Verdict, Told[2].ReasonSince));
    }

    [Fact]
    public void Reasons_that_alternate_are_never_told()
    {
        Online();
        Away(60, Refused);
        for (var i = 0; i < 60; i++) Away(60, i % 2 == 0 ? NoRoute : Refused);
        for (var i = 0; i < 60; i++) Away(60, i % 2 == 0 ? NoRoute : "NoAnswer");
        Assert.Single(Told);
    }

    [Fact]
    public void Figures_that_change_are_no_other_reason()
    {
        Online();
        for (var i = 0; i < 3; i++) Window(8);
        for (var i = 0; i < 12; i++) Window(9 + (i % 3));
        Assert.Single(Told);
    }

    [Fact]
    public void However_a_camera_tries_its_reasons_are_told_two_dozen_times_a_day_at_most()
    {
        var begun = Now;
        var (shift, told, tellings) = (ReasonShift.None, new Held(Verdict.Unreachable, begun, Refused), 0);
        for (var second = 0; second < 86_400; second++)
        {
            var (at, held) = (begun.AddSeconds(second), told with { Detail = told.Detail == Refused ? NoRoute : Refused });
            shift = shift.Hear(told, held, at);
            if (!shift.IsDue(at)) continue;
            (told, shift) = (shift.Apply(told, held), shift.Told);
            tellings++;
        }

        Assert.InRange(tellings, 20, 27);
        Assert.Equal(begun, told.Since);
    }

    [Fact]
    public void A_camera_that_is_looked_at_now_and_then_is_told_likewise()
    {
        var (begun, told) = (Now, new List<Held>());
        var camera = new SweptCamera(new(Guid.Empty, Guid.Empty, new("rtsp://10.0.0.1/a"), null, null, Declared), begun);
        for (var look = 0; look < 60; look++)
        {
            camera.Hear(new(Verdict.Unreachable, look < 20 ? Refused : NoRoute, null), begun.AddSeconds(15 * look), 3, blind: false);
            if (camera.TakeNews(false) is { } held) told.Add(held);
        }

        Assert.Equal([(Refused, begun, null), (NoRoute, begun, (DateTimeOffset?)begun.AddMinutes(5))], told.Select(held => (held.Detail, held.Since, held.ReasonSince)));
    }

    /// <summary>Seconds without a picture; every fifth an attempt fails for this reason.</summary>
    void Away(int seconds, string reason)
    {
        while (seconds-- > 0)
        {
            Second(null);
            if (Now.Second % 5 == 0) Hear(new Sign.Failed(Now, Verdict.Unreachable, reason));
        }
    }
}
