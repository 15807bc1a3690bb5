using Compliance.Domain.Devices;
using Compliance.Probe.Watch;

namespace Compliance.Probe.Tests.Watch;

/// <summary>What worked just now is remembered by the clock that only ticks: one on the wall may be set back or forward.</summary>
public sealed class SignInsTests
{
    static readonly FeedTarget Camera = new(new("rtsp://10.0.0.9/1"), "police", "x", FeedTransport.Tcp);
    static readonly WatchSettings Settings = new();
    readonly SettableClock _clock = new(new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(-60)]
    public void A_refusal_is_doubted_for_as_long_as_the_credentials_are_trusted_whatever_the_wall_says(int minutesBack)
    {
        var signIns = new SignIns(Settings, _clock);
        signIns.Worked(Camera);
        _clock.SetBack(TimeSpan.FromMinutes(minutesBack));
        _clock.Advance(Settings.CredentialsTrusted);
        Assert.True(Weighed().Doubted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(Weighed().Doubted);

        Weighed Weighed() => signIns.Weigh(Camera, new(Verdict.AuthFailed, ""), _clock.GetTimestamp());
    }
}
