using VenueSimulator.Load;

namespace VenueSimulator.Onvif;

/// <summary>What a device declares of its stream, true or not.</summary>
public sealed record DeclaredStream(string Encoding, int Width, int Height, double Fps, int Kbps, int Gop);

/// <summary>Who a device says it is.</summary>
public sealed record DeviceLabel(string Maker, string Model, string Firmware, string Serial)
{
    public static readonly DeviceLabel Usual = new("Simulated", "SIM-4", "1.2.3", "SIM000417");
}

/// <summary>What there is of one camera's recordings: so much time back from now, but for the gaps.</summary>
public sealed record Recorded(TimeSpan Depth, params (DateTimeOffset From, DateTimeOffset Until)[] Gaps)
{
    /// <summary>The first instant not before <paramref name="at"/> that was recorded; null when there is none.</summary>
    public DateTimeOffset? From(DateTimeOffset at, DateTimeOffset now)
    {
        var first = at < now - Depth ? now - Depth : at;
        foreach (var (from, until) in Gaps.OrderBy(gap => gap.From))
        {
            if (first >= from && first < until)
            {
                first = until;
            }
        }

        return first < now ? first : null;
    }
}

/// <summary>One simulated device: what it serves, and what it wants to see before it answers.</summary>
public sealed record OnvifSettings
{
    /// <summary>The stream its profile names.</summary>
    public required Uri Stream { get; init; }

    /// <summary>Where recordings are replayed; null: no Profile G.</summary>
    public Uri? Replay { get; init; }

    public Login? Login { get; init; }

    /// <summary>HTTP Digest schemes it asks for; none: it wants a WS-UsernameToken.</summary>
    public AuthSchemes Digest { get; init; }

    public DeclaredStream Declared { get; init; } = new("H264", 640, 360, 25, 600, 50);

    /// <summary>Burns its texts into the picture; null: it has no overlay.</summary>
    public ShownTexts? Texts { get; init; }

    public Recorded Recorded { get; init; } = new(TimeSpan.FromDays(30));
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>How a device misbehaves over ONVIF. <see cref="None"/> is a good one.</summary>
public sealed record OnvifFaults
{
    public static readonly OnvifFaults None = new();

    /// <summary>How far its clock is ahead.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>Everybody is let in, password or not.</summary>
    public bool NoAuth { get; init; }

    /// <summary>The password that counts now.</summary>
    public string? Password { get; init; }

    /// <summary>GetServices is not known: a device of before 2011.</summary>
    public bool NoServices { get; init; }

    /// <summary>Media2 is announced, and does not answer.</summary>
    public bool BrokenMedia2 { get; init; }

    /// <summary>Declares this instead of what it sends.</summary>
    public DeclaredStream? Declared { get; init; }

    /// <summary>Answers as another device.</summary>
    public DeviceLabel? Label { get; init; }

    /// <summary>Texts are taken and listed, and never shown: somebody feeds the picture from elsewhere.</summary>
    public bool TextsUnseen { get; init; }

    /// <summary>The summary says so many days, whatever there is.</summary>
    public int? ClaimedDays { get; init; }

    /// <summary>Services are told at an address that leads elsewhere.</summary>
    public Uri? ServicesAt { get; init; }

    /// <summary>Single operations that go wrong, by name.</summary>
    public IReadOnlyDictionary<string, Failing> Operations { get; init; } = new Dictionary<string, Failing>();

    /// <summary>What is answered instead of an answer.</summary>
    public Nonsense Nonsense { get; init; }
}

/// <summary>How one operation goes wrong: answered with no, though it may be carried out; the connection lost before it is carried out, or after; never answered.</summary>
public enum Failing { Not, Refused, DoneAndRefused, Lost, DoneAndLost, Silent }

/// <summary>Answers that are attacks or accidents.</summary>
public enum Nonsense { None, BillionLaughs, ExternalEntity, Endless, Drip, RedirectLoop, RedirectElsewhere, Deep, NotXml, Silence }
