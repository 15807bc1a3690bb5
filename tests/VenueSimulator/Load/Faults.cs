namespace VenueSimulator.Load;

/// <summary>Everything that is wrong with one camera at present. <see cref="None"/> is a healthy camera.</summary>
public sealed record Faults
{
    public static readonly Faults None = new();

    /// <summary>Connections of this camera are cut and new ones dropped without an answer.</summary>
    public bool Cut { get; init; }

    /// <summary>Nothing of this name is there any more: 404.</summary>
    public bool Missing { get; init; }

    /// <summary>TCP stays up, requests are answered, no media comes.</summary>
    public bool Stalled { get; init; }

    /// <summary>The same picture for ever, at the full frame rate.</summary>
    public bool Frozen { get; init; }

    /// <summary>Keyframes and parameter sets are left out.</summary>
    public bool Starved { get; init; }

    /// <summary>Share of the media that is replaced by random bytes, 0 to 1; framing included.</summary>
    public double Garbage { get; init; }

    /// <summary>Share of the UDP packets that get lost on the way, 0 to 1; over TCP nothing does.</summary>
    public double Loss { get; init; }

    /// <summary>Plays this clip instead: other codec, resolution, or a covered lens.</summary>
    public string? Clip { get; init; }

    /// <summary>Plays at this rate instead of the clip's.</summary>
    public double? Fps { get; init; }

    /// <summary>Describes this clip in the SDP, whatever is played.</summary>
    public string? SdpOf { get; init; }

    /// <summary>Time from PLAY to the first media.</summary>
    public TimeSpan SlowStart { get; init; }

    /// <summary>How far the camera's clock is ahead of true time, as told in RTCP.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>At most so many sessions; further ones are answered with <see cref="SessionLimitStatus"/>.</summary>
    public int? SessionLimit { get; init; }

    /// <summary>453, 503, 403, 401 or 454, by make; 0 hangs up instead.</summary>
    public int SessionLimitStatus { get; init; } = 453;

    /// <summary>Already DESCRIBE is refused when the sessions are used up, as some makes do.</summary>
    public bool SessionLimitAtDescribe { get; init; }

    /// <summary>The password that counts now, whatever was registered.</summary>
    public string? Password { get; init; }

    /// <summary>The schemes offered now, for instance SHA-256 only.</summary>
    public AuthSchemes? Auth { get; init; }

    /// <summary>Transports taken; others are answered with 461.</summary>
    public Transports Transports { get; init; } = Transports.Any;

    /// <summary>GET_PARAMETER is unknown to this camera: only OPTIONS keeps the session.</summary>
    public bool NoGetParameter { get; init; }
}
