using System.Net;

namespace VenueSimulator.Load;

/// <summary>Ways a camera asks for a password; a camera may offer several at once.</summary>
[Flags]
public enum AuthSchemes
{
    None = 0,
    Basic = 1,
    DigestMd5 = 2,
    DigestSha256 = 4,
}

/// <summary>Ways a camera hands out its media.</summary>
[Flags]
public enum Transports
{
    Tcp = 1,
    Udp = 2,
    Any = Tcp | Udp,
}

/// <summary>A name and a password.</summary>
public sealed record Login(string User, string Password);

/// <summary>One camera: its path on the server, the clip it plays, the password it wants (null: the server's).</summary>
public sealed record CameraSetup(string Path, string Clip, Login? Login = null);

/// <summary>What a load server serves and how. The same settings and the same seed give the same bytes.</summary>
public sealed record LoadSettings
{
    /// <summary>Clips by name. Any path that starts with a clip's name is a camera playing it: /h264/7.</summary>
    public required IReadOnlyDictionary<string, Clip> Clips { get; init; }

    public IReadOnlyList<CameraSetup> Cameras { get; init; } = [];
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 takes any free port.</summary>
    public int Port { get; init; }

    /// <summary>A second door on a free port, over TLS, with a certificate of its own making.</summary>
    public bool Tls { get; init; }

    public Login? Login { get; init; }
    public AuthSchemes Auth { get; init; } = AuthSchemes.DigestMd5;

    /// <summary>Over how many phases the cameras are spread, so that their keyframes do not coincide. 1 is lock-step.</summary>
    public int Groups { get; init; } = 100;

    /// <summary>In how many parts a frame leaves over its frame time, as from a real encoder. 1 sends it whole.</summary>
    public int Parts { get; init; } = 8;

    /// <summary>How long the server rests between two looks at its sockets and its clock.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromMilliseconds(4);

    /// <summary>A session without a request or a receiver report for this long is closed.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>An older nonce is answered with a fresh one and stale=true.</summary>
    public TimeSpan NonceLifetime { get; init; } = TimeSpan.FromHours(1);

    public int Seed { get; init; } = 1;
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal Clip Clip(string name) =>
        Clips.TryGetValue(name, out var clip) ? clip : throw new ArgumentException($"There is no clip '{name}'.", nameof(name));
}
