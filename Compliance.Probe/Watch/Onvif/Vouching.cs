using Compliance.Domain.Devices;

namespace Compliance.Probe.Watch.Onvif;

/// <summary>
/// Asks a camera that refuses the password for its stream whether it takes the same one over ONVIF: then it is no wrong password, and what is used
/// up is its sessions. Asked seldom, for a wrong one may lock the camera.
/// </summary>
internal sealed class Vouching(OnvifTarget target, OnvifMeans means)
{
    static readonly TimeSpan Stands = TimeSpan.FromMinutes(10);
    long? _asked;
    string? _vouched;

    public async Task<Weighed> Weigh(Weighed refused, CancellationToken ct)
    {
        if (_asked is not { } asked || means.Clock.GetElapsedTime(asked) > Stands)
        {
            _vouched = await OnvifCamera.Vouches(target, means, ct);
            _asked = means.Clock.GetTimestamp();
        }

        return _vouched is null ? refused : new(new(Verdict.SessionLimit, Detail.And(Detail.Of(Reason.PasswordWorksByOnvif), refused.Lost.Message))
        {
            Answer = RawAnswer.Bounded($"{_vouched}\n{refused.Lost.Answer}"),
        });
    }
}
